import type { AuditEvent } from "../../src/audit/event.ts";
import { decisionsInForce } from "../request/approval-lines.ts";
import { glassBlocks } from "../request/break-glass-notice.ts";
import { requestMessage } from "./root-message.ts";
import type { MessageContent, RequestSummary } from "../request/summary.ts";
import { escapeText, mention, mrkdwn, plain } from "../blocks/text.ts";

/** A message in private that follows the request, as long as something is left to be done by those who have it. */
export interface ApproverMessage extends MessageContent {
  /** Stable for a request and a person. */
  id: string;
  userId: string;
}

/** Everyone who was asked to decide, in the order in which they were. */
function askedPeople(request: RequestSummary, events: readonly AuditEvent[]): string[] {
  const { approvers = [], informed = [], kind } = request.decision;
  const later = events.flatMap((event) => {
    if (event.type === "request.delegated") return [event.data.to];
    return event.type === "request.escalated" || event.type === "review.escalated"
      ? (event.data.holders ?? [])
      : [];
  });
  const first = kind === "needs_approval" || isBroken(events) ? [...approvers, ...informed] : [];
  return [...new Set([...first, ...later])].filter((id) => id !== request.requesterId);
}

function isBroken(events: readonly AuditEvent[]): boolean {
  return events.some((event) => event.type === "glass.broken");
}

const ENDS: Readonly<Record<string, string>> = {
  denied: ":no_entry: Denied. Nothing was done",
  expired: ":alarm_clock: Expired without a decision. Nothing was done",
  cancelled: ":wastebasket: Cancelled or void. Nothing was done",
};

/** What is left of a request for those who were asked, once nothing is left to decide. */
function decidedMessage(request: RequestSummary, events: readonly AuditEvent[]): MessageContent {
  const title = `${request.plan.title}: ${request.plan.target.name}`;
  const end = ENDS[request.state];
  // Whoever approved is not why it was denied, expired or became void.
  const verdict = request.state === "denied" ? "deny" : end === undefined ? "approve" : undefined;
  const by = decisionsInForce(events)
    .filter(({ event, isVoid }) => !isVoid && event.data.verdict === verdict)
    .map(({ event }) => mention(event.actor));
  const decided = isBroken(events)
    ? ":rotating_light: It runs without approvals"
    : (end ?? ":white_check_mark: Approved");
  const who = by.length === 0 ? "" : `, by ${by.join(", ")}`;
  const text = `*${decided}${who}.* Nothing is left for you to decide. The whole story is in <#${request.channel}>.`;
  return {
    text: escapeText(`${title}. ${decided.replace(/^:[a-z_]+: /, "")}.`),
    blocks: [
      { type: "header", text: plain(title, 150) },
      { type: "section", text: mrkdwn(text) },
      ...glassBlocks(request, events),
    ],
  };
}

/**
 * The private messages to those who may decide. While the request waits they are as the channel's, with the same
 * buttons; steps that run do not change them, so that many of them do not use up what Slack takes in a minute.
 */
export function approverMessages(request: RequestSummary, events: readonly AuditEvent[]): ApproverMessage[] {
  const people = askedPeople(request, events);
  if (people.length === 0) return [];
  const content =
    request.state === "pending" ? requestMessage(request, events) : decidedMessage(request, events);
  return people.map((userId) => ({ id: `${request.id}:approver:${userId}`, userId, ...content }));
}

/** Those who were asked and have not decided, when a reminder is due. */
export function remindedPeople(request: RequestSummary, before: readonly AuditEvent[]): string[] {
  const decided = decisionsInForce(before)
    .filter(({ isVoid }) => !isVoid)
    .map(({ event }) => event.actor);
  return askedPeople(request, before).filter((id) => !decided.includes(id));
}
