import type { AuditEvent } from "../../audit/event.ts";
import { SNAPSHOT_ID } from "../../catalogue/snapshot.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { Request, RequestState } from "../../request/request.ts";
import { findRequest, moveRequest } from "../../request/store.ts";
import { runStarted, stepStarted } from "../events/run-events.ts";
import { lockoutBegan } from "../start/lockout-state.ts";
import { isIntact, type StartedPlan } from "../start/started-plan.ts";
import type { StepContext } from "../step/step-context.ts";
import { resultsOfBefore } from "./earlier-results.ts";
import type { RunOfRequest } from "./run-request.ts";

/** Takes the power to ask and approve from whomever the request takes access from; what is to be written of it. */
type Suspend = (client: DatabaseClient, request: Request, at: Date) => Promise<AuditEvent[]>;

export interface BeginContext {
  database: Database;
  audit: (event: AuditEvent, within?: DatabaseClient) => Promise<boolean>;
  step: Pick<StepContext, "events" | "snapshots">;
  /** Whether an approved request may start now; where not, it has been put back or ended, and says why. */
  mayStart(request: Request): Promise<boolean>;
  suspend: Suspend;
  now(): Date;
}

/**
 * The first thing that a run does: from now on it runs, and the person is losing their access.
 * @param firstSteps those whose start is written down with it, because they are sent at once
 * @returns what is to be written to the audit log in the same transaction
 */
export async function beginRun(
  suspend: Suspend,
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

/**
 * Begins the run of a request, or goes on with it after a crash.
 * @param found the request as it was read just now
 * @returns its plan; undefined where it does not start, or not now, or another attempt is the one that may run it
 * @throws when it is not approved or its plan is not the approved one
 */
export async function beginOrResume(
  context: BeginContext,
  { requestId, attempt }: RunOfRequest,
  found: Request | undefined,
): Promise<StartedPlan | undefined> {
  if (found !== undefined && found.attempt !== attempt) return undefined;
  // Begun when it was written down, or by a run that a crash ended.
  if (found?.state === "running" && isIntact(found.plan)) return startedPlan(context, found);
  // A run that is resumed has been checked already.
  if (found?.state === "approved" && !(await context.mayStart(found))) return undefined;
  const started = await context.database.transaction(async (client): Promise<Request | undefined> => {
    const request = await findRequest(client, requestId, "lock");
    if (request === undefined) throw new Error(`There is no request ${requestId}.`);
    // Cancelled, void or put back in the meantime.
    if (request.attempt !== attempt || isWithdrawn(request.state)) return undefined;
    // The engine runs nothing twice, and a run that is resumed finds the request running.
    if (request.state !== "approved" && request.state !== "running")
      throw new Error(`Request ${requestId} is ${request.state}, not approved.`);
    if (!isIntact(request.plan)) throw new Error(`The plan of request ${requestId} is not the approved one.`);
    const events = await beginRun(context.suspend, client, request, context.now());
    await Promise.all(events.map((event) => context.audit(event, client)));
    return request;
  });
  return started === undefined ? undefined : startedPlan(context, started);
}

/** Whether what was approved was taken back before it began. */
function isWithdrawn(state: RequestState): boolean {
  return state === "cancelled" || state === "pending";
}

async function startedPlan({ step }: BeginContext, { id, plan, round }: Request): Promise<StartedPlan> {
  const fresh = plan.steps.some(({ isSnapshot }) => isSnapshot) ? await step.snapshots.fresh(id) : [];
  // Whose id it is, is asked again before anything more is sent.
  const seen = fresh.filter((stepId) => stepId !== SNAPSHOT_ID);
  const started = seen.length === 0 ? plan : { ...plan, seen };
  if (round === 0) return started;
  return { ...started, round, earlier: resultsOfBefore(plan, await step.events(id)) };
}
