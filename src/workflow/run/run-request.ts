import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { hashPlan, type Plan } from "../../plan/plan.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { StepResult } from "../events/step-result.ts";

/** One step of a run. */
export interface StepOfRun {
  requestId: string;
  plan: Plan;
  /** How often the request was tried again before; each try tells its steps anew. */
  round: number;
  step: PlanStep;
  /** Whether its start is written down already, and nothing was sent yet. */
  isBegun: boolean;
  /** Resolves when the step may be sent: how the steps that it waits for have ended, as far as they have. */
  ready(): Promise<ReadonlyMap<string, StepResult>>;
  /** To be called when the call goes out. */
  onSent(): void;
  /**
   * To be called when the vendor has answered: what only comes after it need not wait for the proof.
   * @param at in Unix milliseconds
   */
  onAnswered(at?: number): void;
  /** When a step of this try was answered, in Unix milliseconds; undefined where this process did not see it. */
  answeredAt(stepId: string): number | undefined;
  /** Whether those that wait for its answer may have gone on without it. */
  isOvertaken(): boolean;
}

/** A plan that begins to run, and what is done of it already where it is tried again. */
export type StartedPlan = Plan & {
  round?: number;
  earlier?: Record<string, StepResult>;
  /** Reads whose answer was seen a moment ago: nothing waits for them. */
  seen?: string[];
  /** Steps whose start is written down already. */
  begun?: string[];
};

/** One try to run a request; only the latest one may do anything. */
export interface RunOfRequest {
  requestId: string;
  /** How often the request was put back before. */
  attempt: number;
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
  runStep(run: StepOfRun): Promise<StepResult>;
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  finish(requestId: string, summary: RunSummary): Promise<void>;
}

/** The durable engine, as far as a workflow needs it. */
export interface Durable {
  /** Runs `work` once; a run that is resumed after a crash gets the kept result instead. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

export interface RunSummary {
  state: "done" | "partly_done" | "failed";
  sentence: string;
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
  const { round = 0, earlier = {}, seen = [], begun = [] } = plan;
  const runs = new Map<string, { result: Promise<StepResult>; answered: Promise<unknown> }>();
  const times = new Map<string, number>();
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
    const ready = async () => {
      const before = new Map<string, StepResult>();
      const keep = (id: string) => (ended: StepResult) => void before.set(id, ended);
      for (const id of step.after) {
        const one = runs.get(id);
        await Promise.race([one?.result.then(keep(id)), one?.answered]);
      }
      for (const id of step.requires) await runs.get(id)?.result.then(keep(id));
      return before;
    };
    const goOn = () => {
      isOvertaken = true;
      onAnswered();
    };
    const onSent = () => {
      if (step.patienceSeconds !== undefined) void actions.pause(step.patienceSeconds * 1_000).then(goOn);
    };
    let isBegun = begun.includes(step.id);
    const result = durable.step(step.id, () => {
      const now = {
        requestId,
        plan,
        round,
        step,
        isBegun,
        ready,
        onSent,
        onAnswered,
        isOvertaken: () => isOvertaken,
        answeredAt: (id: string) => times.get(id),
      };
      // Where it is tried again, because the database was away, it may have been sent.
      isBegun = false;
      return actions.runStep(now);
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

function stepOf(plan: Plan, id: string): PlanStep {
  const step = plan.steps.find((candidate) => candidate.id === id);
  if (step === undefined) throw new Error(`The plan has no step ${id}.`);
  return step;
}

/** Whether a step ended as well as it could. */
function isGood(step: PlanStep, result: StepResult): boolean {
  if (result.outcome === "verified" || result.outcome === "accepted") return true;
  // What somebody has changed since is theirs: all that may be done is done.
  if (result.outcome === "skipped" && result.facts.changedSince === true) return true;
  return result.outcome === "not_found" && step.goneIsFine !== undefined;
}

/** The state of the whole and the one sentence that says it; pure, and never better than the worst step. */
export function summarise(ended: readonly { step: PlanStep; result: StepResult }[]): RunSummary {
  const bad = ended.filter(({ step, result }) => !isGood(step, result));
  const changes = ended.filter(({ step }) => findOperation(step.operation).risk !== "read");
  const count = (outcome: StepResult["outcome"]) =>
    ended.filter(({ result }) => result.outcome === outcome).length;
  const accepted = count("accepted");
  const unprovable =
    accepted === 0
      ? ""
      : ` ${accepted} accepted by the vendor, which offers no way to prove ${accepted === 1 ? "it" : "them"}.`;
  const left = ended.filter(({ result }) => result.facts.changedSince === true).length;
  const leftAlone =
    left === 0
      ? ""
      : ` ${left} ${left === 1 ? "was" : "were"} left as it is now, in whole or in part, because somebody changed that since.`;
  const proven = `${count("verified")} of ${ended.length} steps verified.${unprovable}${leftAlone}`;
  if (bad.length === 0) return { state: "done", sentence: proven };
  if (bad.some(({ result }) => result.wrongPerson))
    return {
      state: "failed",
      sentence:
        "Stopped before any change: Zoom no longer shows the person who was approved. Nothing was done.",
    };
  const list = bad
    .map(({ step, result }) => `${step.title} (${result.outcome.replace("_", " ")})`)
    .join("; ");
  const rest = `Not done: ${list}. See each step for what to do.`;
  if (changes.some(({ step, result }) => isGood(step, result)))
    return { state: "partly_done", sentence: `${proven} ${rest}` };
  // What the vendor accepted and nobody could read back may have taken hold after all.
  const none = count("unverified") === 0 ? "Nothing took hold." : "Nothing is proven to have taken hold.";
  return { state: "failed", sentence: `${none} ${rest}` };
}

/** What the ids of one try's events begin with: each try tells what it did. */
export function runId(requestId: string, round: number): string {
  return round === 0 ? requestId : `${requestId}:again${round}`;
}

/** What is written down before a step is sent. */
export function stepStarted(requestId: string, round: number, step: PlanStep, at: Date): AuditEvent {
  return {
    id: `${runId(requestId, round)}:step:${step.id}:started`,
    requestId,
    type: "step.started",
    actor: SYSTEM_ACTOR,
    at,
    data: { stepId: step.id, operation: step.operation, input: step.input },
  };
}

/** The steps that are sent the moment a run begins, because nothing that they wait for is still to come. */
export function firstSteps({ steps }: Pick<Plan, "steps">, seen: readonly string[]): PlanStep[] {
  return steps.filter(
    ({ after, requires, delaySeconds, chosen }) =>
      delaySeconds === undefined &&
      chosen === undefined &&
      requires.length === 0 &&
      after.every((id) => seen.includes(id)),
  );
}

/** The events that frame a run. */
export function runStarted(requestId: string, plan: Plan, at: Date, round = 0): AuditEvent {
  return {
    id: `${runId(requestId, round)}:run:started`,
    requestId,
    type: "run.started",
    actor: SYSTEM_ACTOR,
    at,
    data: { steps: plan.steps.length },
  };
}

export function runFinished(requestId: string, summary: RunSummary, at: Date, round = 0): AuditEvent {
  return {
    id: `${runId(requestId, round)}:run:finished`,
    requestId,
    type: "run.finished",
    actor: SYSTEM_ACTOR,
    at,
    data: { state: summary.state, sentence: summary.sentence },
  };
}

/** Whether a stored plan is the one that its hash, and so its approvals, speak of. */
export function isIntact(plan: Plan): boolean {
  const { hash, ...rest } = plan;
  return hashPlan(rest) === hash;
}
