import type { ActResult } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { stepsToRetry } from "../../lockout/steps-to-retry.ts";
import { findLockout, isBeingReleased } from "../../request/lockout-store.ts";
import { findRequest, runOnceMore } from "../../request/store.ts";
import { openRefused } from "../events/refusal-events.ts";
import { releaseFault } from "../release/still-in-force.ts";
import { UNKNOWN_REQUEST } from "../waiting/closed-refusal.ts";
import { mayRetry, type RetryContext } from "./may-retry.ts";
import { refuser } from "../judge/refuser.ts";

const NOTHING = "Nothing was changed.";

/**
 * Tries once more what failed of a request, and closes what the watch found open. Two presses at the same moment are one try.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function retryFailed(
  context: RetryContext,
  requestId: string,
  personId: string,
): Promise<ActResult> {
  const answer = await mayRetry(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const refuse = refuser(context, (refusal, at) => openRefused(personId, "retry", refusal, at));
  const result = await context.database.transaction(async (client): Promise<Refusal | string[]> => {
    const request = await findRequest(client, requestId, "lock");
    if (request === undefined) return UNKNOWN_REQUEST;
    if (request.state === "running" || request.state === "approved")
      return { rule: "one try at a time", reason: `It is running already. ${NOTHING}` };
    const inForce = await findLockout(client, requestId);
    if (inForce?.releasedAt != null)
      return { rule: "what was released stays released", reason: `This lockout was released. ${NOTHING}` };
    const fault = await releaseFault(client, request);
    if (fault !== undefined)
      return {
        rule: "a release is about the lockouts that were in force when it was requested",
        reason: `${fault} ${NOTHING}`,
      };
    if (await isBeingReleased(client, requestId))
      return {
        rule: "a lockout is not tried again while it is released",
        reason: `A release of it is at work. ${NOTHING}`,
        next: "Lock the person out again with /lockout: that stops the release.",
      };
    // Only now: another press may have tried it again, and what failed before stands by now.
    const steps = stepsToRetry(request.plan, await context.events(requestId, client));
    if (steps.length === 0)
      return { rule: "only what failed is tried again", reason: `Nothing of it failed. ${NOTHING}` };
    const at = context.now();
    if (!(await runOnceMore(client, requestId, at)))
      return { rule: "only what has ended is tried again", reason: `It is ${request.state}. ${NOTHING}` };
    const round = request.round + 1;
    await context.audit(
      {
        id: `${requestId}:retried:${round}`,
        requestId,
        type: "run.retried",
        actor: personId,
        at,
        data: { round, steps },
      },
      client,
    );
    return steps;
  });
  if (!Array.isArray(result)) return refuse(result);
  await context.start(requestId);
  return {
    kind: "done",
    sentence: `Trying again: ${result.length === 1 ? "one step" : `${result.length} steps`}. The thread tells how it goes.`,
  };
}
