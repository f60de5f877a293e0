import type { SummaryResult } from "../../deps/lockout.ts";
import { incidentSummary, summaryFileName } from "../../lockout/incident-summary.ts";
import { mayTend, type TendContext } from "./may-tend.ts";

/** The post-incident summary as it is now. @throws DirectoryError */
export async function summariseIncident(
  context: TendContext,
  requestId: string,
  personId: string,
): Promise<SummaryResult> {
  const answer = await mayTend(context, requestId, personId);
  if ("refusal" in answer) return { kind: "refused", refusal: answer.refusal };
  const { request } = answer;
  const at = context.now();
  await context.audit({
    id: `${requestId}:summarised:${personId}:${at.getTime()}`,
    requestId,
    type: "lockout.summarised",
    actor: personId,
    at,
    data: {},
  });
  const events = await context.events(requestId);
  return {
    kind: "summarised",
    markdown: incidentSummary(request, events, at),
    fileName: summaryFileName(request.plan.target, request.createdAt),
    channel: request.channel,
  };
}
