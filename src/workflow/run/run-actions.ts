import { setTimeout as sleep } from "node:timers/promises";
import type { AuditEvent } from "../../audit/event.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import { judgement } from "../../lockout/judge.ts";
import { stateOf, verdictOf } from "../../lockout/verdict.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { Policy } from "../../permission/schema.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { isBulk, isUrgent, priorityOf } from "../../playbook/priority.ts";
import type { Request, RequestState } from "../../request/request.ts";
import { findRequest, moveRequest } from "../../request/store.ts";
import { resultsOfBefore } from "./earlier-results.ts";
import type { Lanes } from "./priority-lanes.ts";
import { lockoutBegan, lockoutEnded } from "../start/lockout-state.ts";
import { endRelease } from "../release/end-release.ts";
import { createGathered } from "../../concurrency/coalesce.ts";
import { guardRelease } from "../release/guard-release.ts";
import { runFinished, runStarted, stepStarted, type RunSummary } from "../events/run-events.ts";
import { isIntact, type StartedPlan } from "../start/started-plan.ts";
import type { EngineActions, RunOfRequest } from "./run-request.ts";
import { expectDue, whileDue } from "./check-still-allowed.ts";
import { runStep } from "../step/run-step.ts";
import type { StepContext } from "../step/step-context.ts";

export interface RunActionsContext {
  database: Database;
  audit: (event: AuditEvent, within?: DatabaseClient) => Promise<boolean>;
  step: StepContext;
  loadedPolicy(): { policy: Pick<Policy, "identities"> };
  /** Whether an approved request may start now; where not, it has been put back or ended, and says why. */
  mayStart(request: Request): Promise<boolean>;
  /** Takes the power to ask and approve from whomever the request takes access from; what is to be written of it. */
  suspend: (client: DatabaseClient, request: Request, at: Date) => Promise<AuditEvent[]>;
  lanes: Lanes;
  /** Milliseconds between two looks at a lockout that stands. */
  watchMilliseconds: number;
  /** A request has news to tell, safely written. */
  notice(requestId: string): void;
  now(): Date;
}

/**
 * The first thing that a run does: from now on it runs, and the person is losing their access.
 * @param firstSteps those whose start is written down with it, because they are sent at once
 * @returns what is to be written to the audit trail in the same transaction
 */
export async function beginRun(
  suspend: RunActionsContext["suspend"],
  client: DatabaseClient,
  request: Request,
  at: Date,
  firstSteps: readonly PlanStep[] = [],
): Promise<AuditEvent[]> {
  await moveRequest(client, request.id, ["approved"], "running", at);
  const suspended = await suspend(client, request, at);
  await lockoutBegan(client, request, at);
  const { id, plan, round } = request;
  return [
    ...suspended,
    runStarted(id, plan, at, round),
    ...firstSteps.map((step) => stepStarted(id, round, step, at)),
  ];
}

/** Added to the priority of a read that proves; less than what lies between two priorities. */
const PROOF_LATER = 0.5;
/** So long what can wait waits at the most while doors are being closed: what closes them goes first. */
const LULL_MILLISECONDS = 250;
/** And so long the first look whether something took hold, which finds more when the vendor had a moment. */
const PROOF_MILLISECONDS = 800;

/** Whether what was approved was taken back before it began. */
function isWithdrawn(state: RequestState): boolean {
  return state === "cancelled" || state === "pending";
}

/** What a run does with the world, each part safe to be done again after a crash. */
export function createRunActions(context: RunActionsContext): EngineActions {
  const { database } = context;

  async function startedPlan({ id, plan, round }: Request): Promise<StartedPlan> {
    const snapshots = plan.steps.some(({ isSnapshot }) => isSnapshot) ? await context.step.fresh(id) : [];
    const started = snapshots.length === 0 ? plan : { ...plan, seen: snapshots };
    if (round === 0) return started;
    return { ...started, round, earlier: resultsOfBefore(plan, await context.step.events(id)) };
  }

  async function end(requestId: string, from: readonly RequestState[], summary: RunSummary): Promise<void> {
    const news = await database.transaction(async (client) => {
      const at = context.now();
      if (!(await moveRequest(client, requestId, from, summary.state, at))) return [];
      const request = await findRequest(client, requestId);
      if (request === undefined) return [];
      await lockoutEnded(client, request, new Date(at.getTime() + context.watchMilliseconds));
      // All rows first: whoever changes one of them holds it and waits for the trail.
      const released = await endRelease(client, request, at);
      const events = [runFinished(requestId, summary, at, request.round), ...released];
      await Promise.all(events.map((event) => context.audit(event, client)));
      return new Set(released.map((event) => event.requestId));
    });
    for (const id of news) context.notice(id);
  }

  /** A lockout is told by its doors, not by its steps. */
  async function summaryOf(requestId: string, summary: RunSummary): Promise<RunSummary> {
    const request = await findRequest(database, requestId);
    if (request?.playbook !== lockout.name) return summary;
    const events = await context.step.events(requestId);
    const verdict = verdictOf(request.plan, events);
    return { state: stateOf(verdict, summary.state === "done"), sentence: verdict.sentence };
  }

  const lull = (most = LULL_MILLISECONDS) => context.lanes.lull(most);

  const judgeSoon = createGathered(
    async ({ key, plan }: { key: string; plan: Plan }) => {
      const event = judgement(key, plan, await context.step.events(key), context.now());
      if (event !== undefined) await context.audit(event);
    },
    () => lull(),
  );

  /** Says what a lockout has come to, as soon as that is known and each time that it changes. */
  async function judge(requestId: string, plan: StartedPlan): Promise<void> {
    if (plan.playbook === lockout.name) await judgeSoon({ key: requestId, plan });
  }

  async function begin(
    { requestId, attempt }: RunOfRequest,
    approved: Request | undefined,
  ): Promise<StartedPlan | undefined> {
    if (approved !== undefined && approved.attempt !== attempt) return undefined;
    // Begun when it was written down, or by a run that a crash ended.
    if (approved?.state === "running" && isIntact(approved.plan)) return startedPlan(approved);
    // A run that is resumed has been looked at already.
    if (approved?.state === "approved" && !(await context.mayStart(approved))) return undefined;
    const started = await database.transaction(async (client): Promise<Request | undefined> => {
      const request = await findRequest(client, requestId, "lock");
      if (request === undefined) throw new Error(`There is no request ${requestId}.`);
      // Cancelled, void or put back in the meantime.
      if (request.attempt !== attempt || isWithdrawn(request.state)) return undefined;
      // The engine runs nothing twice, and a run that is resumed finds the request running.
      if (request.state !== "approved" && request.state !== "running")
        throw new Error(`Request ${requestId} is ${request.state}, not approved.`);
      if (!isIntact(request.plan))
        throw new Error(`The plan of request ${requestId} is not the approved one.`);
      const events = await beginRun(context.suspend, client, request, context.now());
      await Promise.all(events.map((event) => context.audit(event, client)));
      return request;
    });
    return started === undefined ? undefined : startedPlan(started);
  }

  return {
    async begin(run) {
      const approved = await findRequest(database, run.requestId);
      const begun = () => begin(run, approved);
      return isBulk(approved?.playbook ?? "") ? context.lanes.start(begun) : begun();
    },
    async runStep(run) {
      const { plan } = run;
      const priority = priorityOf(plan.playbook);
      const isFirstWave = isUrgent(plan.playbook) && run.step.delaySeconds === undefined;
      // Where nothing can be read back, the answer is all that a restart has to go by.
      const isReadable = findOperation(run.step.operation).readBack !== undefined;
      let isAnswered = false;
      let hasLooked = false;
      const step: StepContext = {
        ...context.step,
        audit: async (event) => {
          // When it was is in it. Where nothing was answered, others wait for how it ended.
          const canWait =
            (event.type === "step.answered" && isReadable) || (event.type === "step.finished" && isAnswered);
          if (isFirstWave && canWait) await lull();
          return context.step.audit(event);
        },
        execute: async (operation, input, settings) => {
          if (isBulk(plan.playbook)) await context.lanes.clear();
          const call = { requestId: run.requestId, plan, operation, input: input as Record<string, unknown> };
          await expectDue(context, call);
          // Where a vendor limits rates, what closes a door goes before what proves that another one is closed.
          const isProof = isAnswered && operation.risk === "read";
          if (isProof && isFirstWave && !hasLooked) {
            hasLooked = true;
            await lull(PROOF_MILLISECONDS);
          }
          return context.step.execute(operation, input, {
            priority: isProof ? priority + PROOF_LATER : priority,
            ...whileDue(context, call),
            ...settings,
          });
        },
      };
      const ready = async () => {
        const before = await run.ready();
        if (isBulk(plan.playbook)) await context.lanes.clear();
        // Its time is still to come: what closes doors now goes first.
        else if (run.step.delaySeconds !== undefined) await lull();
        return before;
      };
      const over = isFirstWave ? context.lanes.urgent() : () => undefined;
      const guard = guardRelease({ database, step }, run);
      const onAnswered = (at?: number) => {
        isAnswered = true;
        over();
        // What comes after a step of a release looks at what is there, so it waits for the proof.
        if (guard === undefined) run.onAnswered(at);
      };
      const followers = plan.steps.filter(({ after }) => after.includes(run.step.id)).map(({ id }) => id);
      const result = await runStep(step, {
        ...run,
        ready,
        ...(guard === undefined ? {} : { stillSo: guard.stillSo }),
        onAnswered,
        followers,
        target: plan.target,
      }).finally(over);
      await guard?.ended();
      await judge(run.requestId, plan);
      return result;
    },
    pause: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    finish: async (requestId, summary) => end(requestId, ["running"], await summaryOf(requestId, summary)),
    async fault({ requestId, attempt }, error) {
      const request = await findRequest(database, requestId);
      if (request?.attempt !== attempt) return;
      const reason = error instanceof Error ? error.message : "an unknown fault";
      const sentence = `The run stopped by a fault of this app (${reason}). Some steps may have been done: look at each one, and finish by hand what is missing.`;
      await end(requestId, ["approved", "running"], { state: "failed", sentence });
    },
  };
}
