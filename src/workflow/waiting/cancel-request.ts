import type { ActResult } from "../../deps/decision.ts";
import { findRequest, moveRequest } from "../../request/store.ts";
import type { ActContext } from "./act-context.ts";
import { closedRefusal, UNKNOWN_REQUEST } from "./closed-refusal.ts";
import type { DeciderContext } from "./decider-refusal.ts";
import { mayAct } from "./may-act.ts";

/**
 * Takes back a request of one's own that has not begun.
 * @param reason why, for everyone who follows the request
 * @throws DirectoryError when Slack cannot be asked
 */
export async function cancelRequest(
  context: ActContext & DeciderContext,
  requestId: string,
  personId: string,
  reason: string,
): Promise<ActResult> {
  const answer = await mayAct(context, requestId, personId, "cancel");
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const isCancelled = await context.database.transaction(async (client) => {
    const at = context.now();
    // What begins in this moment holds the row: it runs, or it is cancelled, and never both.
    if (!(await moveRequest(client, requestId, ["pending", "scheduled", "approved"], "cancelled", at)))
      return false;
    await context.audit(
      {
        id: `${requestId}:cancelled`,
        requestId,
        type: "request.cancelled",
        actor: personId,
        at,
        data: { reason },
      },
      client,
    );
    return true;
  });
  if (!isCancelled) {
    const request = await findRequest(context.database, requestId);
    const over = request === undefined ? UNKNOWN_REQUEST : (closedRefusal(request) ?? UNKNOWN_REQUEST);
    return { kind: "refused", refusal: over };
  }
  context.publish(requestId);
  return { kind: "done", sentence: "Your request is cancelled. Nothing will be done." };
}
