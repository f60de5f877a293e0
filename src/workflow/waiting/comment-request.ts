import type { ActResult } from "../../deps/decision.ts";
import type { ActContext } from "./act-context.ts";
import type { DeciderContext } from "./decider-refusal.ts";
import { mayAct } from "./may-act.ts";

/**
 * Says something in a waiting request's thread; a question is put to the requester.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function commentRequest(
  context: ActContext & DeciderContext,
  requestId: string,
  personId: string,
  said: { text: string; kind: "comment" | "question" },
): Promise<ActResult> {
  const answer = await mayAct(context, requestId, personId, "comment");
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const at = context.now();
  await context.audit({
    id: `${requestId}:comment:${personId}:${at.getTime()}`,
    requestId,
    type: "request.commented",
    actor: personId,
    at,
    data: said,
  });
  context.publish(requestId);
  return {
    kind: "done",
    sentence:
      said.kind === "question"
        ? "Your question is in the thread, and the requester gets it as a direct message. The request still waits."
        : "Your comment is in the thread.",
  };
}
