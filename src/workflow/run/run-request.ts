import { findOperation } from "../../catalogue/registry.ts";
import { SNAPSHOT_ID } from "../../catalogue/snapshot.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { RunSummary } from "../events/run-events.ts";
import type { StepResult } from "../events/step-result.ts";
import type { StartedPlan } from "../start/started-plan.ts";
import type { StepRun } from "../step/step-context.ts";
import { TAKEN_BACK } from "./take-back.ts";
import { summarise } from "./summarise.ts";

/** One try to run a request; only the latest one may do anything. */
export interface RunOfRequest {
  requestId: string;
  /** How often the request was put back before. */
  attempt: number;
}

/** The engine's name of a run: a request that was put back starts again by another one. */
export function runName({ requestId, attempt }: RunOfRequest): string {
  return attempt === 0 ? requestId : `${requestId}:${attempt}`;
}

/** What one run does with the world; each is a durable step, done once and remembered. */
export interface RunActions {
  /**
   * Looks once more at those who asked and approved, marks the request as running and gives its plan. Undefined where
   * it does not start, or not now: then the request says why. Undefined as well where it was put back since, so that
   * another try is the one that may run it.
   * @throws when the request is not approved or its plan is not the approved one
   */
  begin(run: RunOfRequest): Promise<StartedPlan | undefined>;
  runStep(run: StepRun, plan: Plan): Promise<StepResult>;
  /** Resolves after this many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  finish(requestId: string, summary: RunSummary): Promise<void>;
}

/** The same, and what the engine does where a run breaks down. */
export interface EngineActions extends RunActions {
  /** Ends a request whose run broke down for a reason that no step could handle. */
  fault(run: RunOfRequest, error: unknown): Promise<void>;
}

/** The durable engine, as far as a workflow needs it. */
export interface Durable {
  /** Runs `work` once; a run that is resumed after a crash gets the kept result instead. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/**
 * One approved request from first step to last. Every step starts as soon as those it waits for have ended, and
 * none stops another. All are handed to the engine at once and in plan order, so that a resumed run numbers them
 * as the first one did, whatever ended first.
 */
export async function runRequest(
  durable: Durable,
  actions: RunActions,
  run: RunOfRequest,
): Promise<RunSummary | undefined> {
  // What the engine keeps is JSON, which has no undefined.
  const plan = await durable.step("begin", async () => (await actions.begin(run)) ?? null);
  if (plan === null) return undefined;
  const { requestId } = run;
  const { round = 0, earlier = {}, seen = [], begun = [], confirmedAt } = plan;
  const runs: Runs = new Map();
  const times = new Map<string, number>();
  const stop = { isWrongPerson: false };
  const proven = Promise.withResolvers<StepResult>();
  const reached = (id: string) => Promise.race([runs.get(id)?.result, runs.get(id)?.answered]);
  for (const step of plan.steps) {
    const known = earlier[step.id];
    if (known !== undefined) {
      const result = Promise.resolve(known);
      runs.set(step.id, { result, answered: result });
      continue;
    }
    const answered = Promise.withResolvers<undefined>();
    const onAnswered = (at?: number) => {
      if (at !== undefined && !times.has(step.id)) times.set(step.id, at);
      answered.resolve(undefined);
    };
    let isOvertaken = seen.includes(step.id);
    if (isOvertaken) onAnswered();
    const goOn = () => {
      isOvertaken = true;
      onAnswered();
    };
    const onSent = () => {
      if (step.patienceSeconds !== undefined) void actions.pause(step.patienceSeconds * 1_000).then(goOn);
    };
    let isBegun = begun.includes(step.id);
    const result = durable.step(step.id, () => {
      const now: StepRun = {
        requestId,
        round,
        step,
        target: plan.target,
        followers: plan.steps.filter(({ after }) => after.includes(step.id)).map(({ id }) => id),
        isBegun,
        confirmedAt,
        ready: () => whenReady({ runs, proven: proven.promise }, plan, step),
        stop,
        onEnded: step.id === SNAPSHOT_ID ? proven.resolve : undefined,
        answered: async (ids) => void (await Promise.all(ids.map(reached))),
        onSent,
        onAnswered,
        isOvertaken: () => isOvertaken,
        answeredAt: (id: string) => times.get(id),
      };
      // Where it is tried again, because the database was away, it may have been sent.
      isBegun = false;
      return actions.runStep(now, plan);
    });
    runs.set(step.id, { result, answered: answered.promise });
  }
  // A step that broke down must not end the request while others are still at work.
  await Promise.allSettled([...runs.values()].map(({ result }) => result));
  const ended = await Promise.all(
    [...runs].map(async ([id, { result }]) => ({ step: stepOf(plan, id), result: await result })),
  );
  const summary = summarise(ended);
  await durable.step("finish", () => actions.finish(requestId, summary));
  return summary;
}

type Runs = Map<string, { result: Promise<StepResult>; answered: Promise<unknown> }>;

/** Resolves when a step may be sent: how the steps that it waits for have ended, as far as they have. */
async function whenReady(
  { runs, proven }: { runs: Runs; proven: Promise<StepResult> },
  plan: StartedPlan,
  step: PlanStep,
): Promise<ReadonlyMap<string, StepResult>> {
  const before = new Map<string, StepResult>();
  const keep = (id: string) => (ended: StepResult) => void before.set(id, ended);
  const identity = runs.get(SNAPSHOT_ID);
  const goesBeside = plan.seen?.includes(SNAPSHOT_ID) === true && canTakeBack(plan, step);
  if (identity !== undefined && isAboutZoomUser(step) && !goesBeside)
    await Promise.race([proven, identity.result]).then(keep(SNAPSHOT_ID));
  for (const id of step.after.filter((one) => !before.has(one))) {
    const one = runs.get(id);
    await Promise.race([one?.result.then(keep(id)), one?.answered]);
  }
  for (const id of step.requires) await runs.get(id)?.result.then(keep(id));
  return before;
}

/**
 * Whether a step may be sent while the read that proves whose Zoom id it is has not been answered yet, where the form has
 * read it a moment ago: only what can be taken back may.
 */
function canTakeBack({ playbook }: Plan, { id }: PlanStep): boolean {
  return playbook === lockout.name && TAKEN_BACK.includes(id);
}

function isAboutZoomUser({ operation, isSnapshot }: PlanStep): boolean {
  return isSnapshot !== true && findOperation(operation).vendor === "zoom";
}

function stepOf(plan: Plan, id: string): PlanStep {
  const step = plan.steps.find((candidate) => candidate.id === id);
  if (step === undefined) throw new Error(`The plan has no step ${id}.`);
  return step;
}
