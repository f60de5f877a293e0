import type { AuditEvent } from "../../audit/event.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import { stateOf, verdictOf } from "../../lockout/verdict.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { RequestState } from "../../request/request.ts";
import { findRequest, moveRequest } from "../../request/store.ts";
import { runFinished, type RunSummary } from "../events/run-events.ts";
import { endRelease } from "../release/end-release.ts";
import { lockoutEnded } from "../start/lockout-state.ts";
import type { StepContext } from "../step/step-context.ts";
import type { RunOfRequest } from "./run-request.ts";

export interface EndContext {
  database: Database;
  audit: (event: AuditEvent, within?: DatabaseClient) => Promise<boolean>;
  step: Pick<StepContext, "events">;
  /** Milliseconds between two looks at a lockout that is in force. */
  watchMilliseconds: number;
  /** A request has news to tell, safely written. */
  publish(requestId: string): void;
  now(): Date;
}

/** Ends the request whose steps have all ended. */
export async function finishRun(context: EndContext, requestId: string, summary: RunSummary): Promise<void> {
  await end(context, requestId, ["running"], await summaryOf(context, requestId, summary));
}

/** Ends a request whose run broke down for a reason that no step could handle. */
export async function failRun(
  context: EndContext,
  { requestId, attempt }: RunOfRequest,
  error: unknown,
): Promise<void> {
  const request = await findRequest(context.database, requestId);
  if (request?.attempt !== attempt) return;
  const reason = error instanceof Error ? error.message : "an unknown fault";
  const sentence = `The run stopped by a fault of this app (${reason}). Some steps may have been done: look at each one, and finish by hand what is missing.`;
  await end(context, requestId, ["approved", "running"], { state: "failed", sentence });
}

/** A lockout is told by its doors, not by its steps. */
async function summaryOf(
  { database, step }: EndContext,
  requestId: string,
  summary: RunSummary,
): Promise<RunSummary> {
  const request = await findRequest(database, requestId);
  if (request?.playbook !== lockout.name) return summary;
  const verdict = verdictOf(request.plan, await step.events(requestId));
  return { state: stateOf(verdict, summary.state === "done"), sentence: verdict.sentence };
}

async function end(
  context: EndContext,
  requestId: string,
  from: readonly RequestState[],
  summary: RunSummary,
): Promise<void> {
  const news = await context.database.transaction(async (client) => {
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
  for (const id of news) context.publish(id);
}
