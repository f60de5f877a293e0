import type { ContextBlock } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import type { RequestSummary } from "./summary.ts";
import { escapeAroundPeople, mention, moment, mrkdwn } from "../blocks/text.ts";

type DecisionMade = Extract<AuditEvent, { type: "decision.made" }>;

/** People named in one line; the rest is counted. */
const SHOWN_PEOPLE = 12;

/** Decisions as they stand: one for another plan, or by somebody who may no longer decide, counts for nothing. */
export function decisionsInForce(events: readonly AuditEvent[]): { event: DecisionMade; isVoid: boolean }[] {
  const decisions: { event: DecisionMade; isVoid: boolean }[] = [];
  for (const event of events) {
    if (event.type === "decision.made") decisions.push({ event, isVoid: false });
    if (event.type === "request.changed") for (const decision of decisions) decision.isVoid = true;
    if (event.type !== "approval.lapsed") continue;
    const people = event.data.people.map(({ personId }) => personId);
    for (const decision of decisions) if (people.includes(decision.event.actor)) decision.isVoid = true;
  }
  return decisions;
}

function decisionLine({ event, isVoid }: { event: DecisionMade; isVoid: boolean }): string {
  const verb = event.data.verdict === "approve" ? ":thumbsup: Approved" : ":thumbsdown: Denied";
  return `${verb} by ${mention(event.actor)}${isVoid ? " (no longer counts)" : ""}`;
}

function poolLine({ decision, state }: RequestSummary): string {
  const { approvers = [] } = decision;
  if (state !== "pending" || approvers.length === 0) return "";
  const more = approvers.length > SHOWN_PEOPLE ? ` and ${approvers.length - SHOWN_PEOPLE} more` : "";
  return `\n*Who may approve now, as far as is known:* ${approvers.slice(0, SHOWN_PEOPLE).map(mention).join(", ")}${more}`;
}

/** By which rules it is decided, by whom, until when, and what was decided so far. */
export function approvalBlocks(request: RequestSummary, events: readonly AuditEvent[]): ContextBlock[] {
  const { decision } = request;
  const rules =
    decision.kind === "allowed" ? [decision.because] : decision.rules.map((rule) => rule.description);
  if (decision.unchecked !== undefined) rules.push(`:warning: ${decision.unchecked}`);
  const expiry =
    request.state === "pending" && request.expiresAt !== null
      ? `Expires ${moment(request.expiresAt)}. The requester and the person concerned can never approve.`
      : "";
  const text = `*Rule:* ${rules.map(escapeAroundPeople).join(" · ")}${poolLine(request)}`;
  const decisions = decisionsInForce(events).map(decisionLine);
  return [
    { type: "context", elements: [mrkdwn(text)] },
    // In a block of its own: however long the rules are, this is not cut.
    ...(expiry === "" ? [] : [{ type: "context" as const, elements: [mrkdwn(expiry)] }]),
    ...(decisions.length === 0
      ? []
      : [{ type: "context" as const, elements: [mrkdwn(decisions.join("\n"))] }]),
  ];
}
