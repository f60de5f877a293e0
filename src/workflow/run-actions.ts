import type { AuditEvent } from "../audit/event.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import type { Request, RequestState } from "../request/request.ts";
import { findRequest, moveRequest } from "../request/store.ts";
import type { EngineOptions } from "./engine.ts";
import { isIntact, runFinished, runStarted, type RunSummary } from "./run-request.ts";
import { runStep, type StepContext } from "./run-step.ts";

export interface RunActionsContext {
  database: Database;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  step: StepContext;
  /** Whether an approved request may start now; where not, it has been put back or ended, and says why. */
  mayStart(request: Request): Promise<boolean>;
  /** Takes the power to ask and approve from whomever the request takes access from. */
  suspend(client: DatabaseClient, request: Request, at: Date): Promise<void>;
  now(): Date;
}

/** Whether what was approved was taken back before it began. */
function isWithdrawn(state: RequestState): boolean {
  return state === "cancelled" || state === "pending";
}

/** What a run does with the world, each part safe to be done again after a crash. */
export function createRunActions(context: RunActionsContext): EngineOptions["actions"] {
  const { database } = context;

  async function end(requestId: string, from: readonly RequestState[], summary: RunSummary): Promise<void> {
    await database.transaction(async (client) => {
      const at = context.now();
      if (await moveRequest(client, requestId, from, summary.state, at))
        await context.audit(runFinished(requestId, summary, at), client);
    });
  }

  return {
    async begin({ requestId, attempt }) {
      const approved = await findRequest(database, requestId);
      if (approved !== undefined && approved.attempt !== attempt) return undefined;
      // A run that is resumed has been looked at already.
      if (approved?.state === "approved" && !(await context.mayStart(approved))) return undefined;
      return database.transaction(async (client) => {
        const request = await findRequest(client, requestId, "lock");
        if (request === undefined) throw new Error(`There is no request ${requestId}.`);
        // Cancelled, void or put back in the meantime.
        if (request.attempt !== attempt || isWithdrawn(request.state)) return undefined;
        // The engine runs nothing twice, and a run that is resumed finds the request running.
        if (request.state !== "approved" && request.state !== "running")
          throw new Error(`Request ${requestId} is ${request.state}, not approved.`);
        if (!isIntact(request.plan))
          throw new Error(`The plan of request ${requestId} is not the approved one.`);
        const at = context.now();
        await moveRequest(client, requestId, ["approved"], "running", at);
        await context.suspend(client, request, at);
        await context.audit(runStarted(requestId, request.plan, at), client);
        return request.plan;
      });
    },
    runStep: ({ plan, ...run }) => runStep(context.step, { ...run, target: plan.target }),
    finish: (requestId, summary) => end(requestId, ["running"], summary),
    async fault({ requestId, attempt }, error) {
      const request = await findRequest(database, requestId);
      if (request?.attempt !== attempt) return;
      const reason = error instanceof Error ? error.message : "an unknown fault";
      const sentence = `The run stopped by a fault of this app (${reason}). Some steps may have been done: look at each one, and finish by hand what is missing.`;
      await end(requestId, ["approved", "running"], { state: "failed", sentence });
    },
  };
}
