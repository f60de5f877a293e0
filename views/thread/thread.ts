import type { AuditEvent } from "../../src/audit/event.ts";
import { approverMessages, remindedPeople } from "./approver-messages.ts";
import { directLines } from "./direct-line.ts";
import type { MessageContent, RequestSummary } from "../request/summary.ts";
import { requestMessage } from "./root-message.ts";
import { cutMrkdwn, escapeText, escapeValue, moment, mrkdwn } from "../blocks/text.ts";
import { hasTimeline, lockoutLine, timelineLines } from "../lockout/line.ts";
import { zonesLines } from "../lockout/zones.ts";
import { sections } from "../blocks/sections.ts";
import { threadLine } from "./thread-line.ts";

/**
 * One message that a request should have in Slack, by a stable id. `root` and what `follows` go with the request and
 * are updated; other messages are written once.
 */
export type DesiredMessage = MessageContent & { id: string } & (
    | { place: "root" }
    | { place: "thread"; follows?: true }
    | { place: "direct"; userId: string; follows?: true }
  );

function message(id: string, text: string): MessageContent & { id: string } {
  return { id, text: cutMrkdwn(text, 3_000), blocks: [{ type: "section", text: mrkdwn(text) }] };
}

/** Lines of a thread that follow what happens, in as many blocks as they take. */
function inThread(id: string, lines: readonly string[]): DesiredMessage {
  return {
    place: "thread",
    follows: true,
    id,
    text: cutMrkdwn(lines.join("\n"), 3_000),
    blocks: sections(lines),
  };
}

/** What those are told who were asked and have not decided. */
function reminders(
  request: RequestSummary,
  event: AuditEvent,
  before: readonly AuditEvent[],
): DesiredMessage[] {
  if (event.type !== "request.reminded") return [];
  const { title, target } = request.plan;
  const text = `:bell: “${escapeText(title)}” for *${escapeValue(target.name)}* still waits for a decision. It expires ${moment(new Date(event.data.expiresAt))}. The message above, or the one in <#${request.channel}>, has the buttons.`;
  return remindedPeople(request, before).map((userId) => ({
    place: "direct",
    userId,
    ...message(`${event.id}:direct:${userId}`, text),
  }));
}

/** Every message that a request should have by now, in the order in which they are to appear. */
export function desiredMessages(request: RequestSummary, events: readonly AuditEvent[]): DesiredMessage[] {
  const desired: DesiredMessage[] = [
    { place: "root", id: `${request.id}:root`, ...requestMessage(request, events) },
    ...approverMessages(request, events).map((one): DesiredMessage => ({
      place: "direct",
      follows: true,
      ...one,
    })),
  ];
  if (hasTimeline(request) && events.some(({ type }) => type === "run.started")) {
    const lines = timelineLines(request, events);
    desired.push(inThread(`${request.id}:timeline`, lines));
  }
  const zones = zonesLines(request, events);
  for (const [index, event] of events.entries()) {
    const together = zones.find(({ begins }) => begins === event);
    if (together !== undefined) desired.push(inThread(together.id, together.lines));
    const before = events.slice(0, index);
    const own = hasTimeline(request) ? lockoutLine(request, event, before) : undefined;
    const thread = own === null ? undefined : (own ?? threadLine(request, event));
    if (thread !== undefined) desired.push({ place: "thread", ...message(`${event.id}:thread`, thread) });
    for (const { userId, text } of directLines(request, event, before))
      desired.push({
        place: "direct",
        userId,
        // The person who was written to first keeps the id of before.
        ...message(
          userId === request.requesterId ? `${event.id}:direct` : `${event.id}:direct:${userId}`,
          text,
        ),
      });
    desired.push(...reminders(request, event, before));
  }
  return desired;
}
