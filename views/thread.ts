import type { AuditEvent } from "../src/audit/event.ts";
import { factsText, outcomeWord } from "./outcome.ts";
import type { MessageContent, RequestSummary } from "./request-message.ts";
import { requestMessage } from "./request-message.ts";
import { cut, escapeText, mention, mrkdwn } from "./text.ts";

/**
 * One message that a request should have in Slack, by a stable id. `root` follows the request and is updated;
 * `thread` and `direct` messages are written once.
 */
export type DesiredMessage = MessageContent & { id: string } & (
    | { place: "root" }
    | { place: "thread" }
    | { place: "direct"; userId: string }
  );

function message(id: string, text: string): MessageContent & { id: string } {
  return { id, text: cut(text, 3_000), blocks: [{ type: "section", text: mrkdwn(text) }] };
}

function stepLine(request: RequestSummary, event: Extract<AuditEvent, { type: "step.finished" }>): string {
  const { stepId, outcome, sentence, facts } = event.data;
  const title = request.plan.steps.find((step) => step.id === stepId)?.title ?? stepId;
  const vendor = factsText(facts);
  return [
    `*${escapeText(title)}* — ${outcomeWord(outcome)}`,
    escapeText(sentence),
    ...(vendor === undefined ? [] : [escapeText(vendor)]),
    ...(facts.advice === undefined ? [] : [`*What to do:* ${escapeText(facts.advice)}`]),
  ].join("\n");
}

/** The line that an event has in the thread, if it has one. */
function threadText(request: RequestSummary, event: AuditEvent): string | undefined {
  switch (event.type) {
    case "decision.made": {
      const { verdict, reason, roles } = event.data;
      const verb = verdict === "approve" ? ":thumbsup: Approved" : ":thumbsdown: Denied";
      const why = reason === undefined ? "" : `\n*Reason:* ${escapeText(reason)}`;
      return `${verb} by ${mention(event.actor)} as ${roles.map(escapeText).join(", ")}.${why}`;
    }
    case "request.expired":
      return ":alarm_clock: Nobody decided in time. Nothing was done. Ask again if it is still needed.";
    case "step.finished":
      return stepLine(request, event);
    case "run.finished":
      return `*${finalHeading(event.data.state)}* ${escapeText(event.data.sentence)}`;
    default:
      return undefined;
  }
}

function finalHeading(state: "done" | "partly_done" | "failed"): string {
  if (state === "done") return ":checkered_flag: Done.";
  return state === "partly_done" ? ":warning: NOT finished." : ":x: Failed.";
}

/** What the requester is told in private when the request has ended. */
function directText(request: RequestSummary, event: AuditEvent): string | undefined {
  const { title, target } = request.plan;
  const email = target.email === undefined ? "" : ` (${escapeText(target.email)})`;
  const what = `Your request “${escapeText(title)}” for *${escapeText(target.name)}*${email}`;
  const where = `The whole story is in <#${request.channel}>.`;
  switch (event.type) {
    case "run.finished":
      return `${what}: *${finalHeading(event.data.state)}* ${escapeText(event.data.sentence)}\n${where}`;
    case "request.denied": {
      const why = event.data.reason === undefined ? "" : `\n*Reason:* ${escapeText(event.data.reason)}`;
      return `${what} was denied by ${mention(event.data.by)}. Nothing was done.${why}\n${where}`;
    }
    case "request.expired":
      return `${what} expired without a decision. Nothing was done. Ask again if it is still needed.`;
    default:
      return undefined;
  }
}

/** Every message that a request should have by now, in the order in which they are to appear. */
export function desiredMessages(request: RequestSummary, events: readonly AuditEvent[]): DesiredMessage[] {
  const desired: DesiredMessage[] = [
    { place: "root", id: `${request.id}:root`, ...requestMessage(request, events) },
  ];
  for (const event of events) {
    const thread = threadText(request, event);
    if (thread !== undefined) desired.push({ place: "thread", ...message(`${event.id}:thread`, thread) });
    const direct = directText(request, event);
    if (direct !== undefined)
      desired.push({
        place: "direct",
        userId: request.requesterId,
        ...message(`${event.id}:direct`, direct),
      });
  }
  return desired;
}
