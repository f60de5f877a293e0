import type { ActResult } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { ActContext } from "./act-context.ts";
import { deciderRefusal, type DeciderContext } from "./decider-refusal.ts";
import { mayAct } from "./may-act.ts";
import { actRefused } from "../events/refusal-events.ts";

/**
 * One who may decide asks another one who may decide to do it. It gives nobody a power that they do not have, and
 * takes none away.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function delegateRequest(
  context: ActContext & DeciderContext,
  requestId: string,
  personId: string,
  to: { personId: string; note?: string },
): Promise<ActResult> {
  const answer = await mayAct(context, requestId, personId, "delegate");
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const cannot = to.personId === personId ? "This is yourself." : undefined;
  const theirs =
    cannot === undefined ? await deciderRefusal(context, answer.request, to.personId) : undefined;
  if (cannot !== undefined || theirs !== undefined) {
    const refusal: Refusal = {
      rule: "a request is delegated to somebody who may decide it",
      reason: cannot ?? `<@${to.personId}> may not decide this, by the rule “${theirs?.rule}”.`,
      next: "Choose somebody else. Nobody was asked.",
      namesPeople: true,
    };
    await context.audit(actRefused(requestId, personId, "delegate", refusal, context.now()));
    return { kind: "refused", refusal };
  }
  const at = context.now();
  await context.audit({
    id: `${requestId}:delegated:${personId}:${to.personId}:${at.getTime()}`,
    requestId,
    type: "request.delegated",
    actor: personId,
    at,
    data: { to: to.personId, note: to.note },
  });
  context.publish(requestId);
  return { kind: "done", sentence: `<@${to.personId}> is asked in a direct message. You can still decide.` };
}
