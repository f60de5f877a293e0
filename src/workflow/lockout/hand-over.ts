import type { ActResult } from "../../deps/decision.ts";
import { mayTend, type TendContext } from "./may-tend.ts";

/** Hands a lockout to someone else, with a note. The same window sent twice is one hand-over. @throws DirectoryError */
export async function handOver(
  context: TendContext,
  requestId: string,
  personId: string,
  { viewId, to, note }: { viewId: string; to: string; note: string },
): Promise<ActResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const receiver = await mayTend(context, requestId, to);
  if ("refusal" in receiver)
    return {
      kind: "refused",
      refusal: {
        rule: receiver.refusal.rule,
        reason: `<@${to}> could not tend this lockout. Nothing was changed.`,
        next: "Choose somebody who may lock people out.",
        namesPeople: true,
      },
    };
  const at = context.now();
  await context.audit({
    id: `${requestId}:handed:${personId}:${viewId}`,
    requestId,
    type: "lockout.handed_over",
    actor: personId,
    at,
    data: { to, note },
  });
  context.publish(requestId);
  return { kind: "done", sentence: `Handed over to <@${to}>, who has got your note as a direct message.` };
}
