import type { ContextBlock } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import type { RequestSummary } from "./summary.ts";
import { alsoOpenLine } from "../blocks/receipt.ts";
import { escapeAroundPeople, mention, moment, mrkdwn } from "../blocks/text.ts";

type DecisionMade = Extract<AuditEvent, { type: "decision.made" }>;

/** People named in one line; the rest is counted. */
const SHOWN_PEOPLE = 12;

/** Decisions as they stand: one for another plan, or by someone who may no longer decide, counts for nothing. */
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

/** Who can approve; of requests that go through stages, whoever can at one of them. */
function poolLine({ decision, state }: RequestSummary, events: readonly AuditEvent[]): string {
  const { able = decision.approvers ?? [], rules } = decision;
  const isStaged = rules.some(({ stages = [] }) => stages.length > 1);
  const decided = decisionsInForce(events).flatMap(({ event, isVoid }) => (isVoid ? [] : [event.actor]));
  const people = able.filter((id) => isStaged || !decided.includes(id));
  if (state !== "pending" || people.length === 0) return "";
  const more = people.length > SHOWN_PEOPLE ? ` and ${people.length - SHOWN_PEOPLE} more` : "";
  const when = isStaged ? "each in their stage" : "now";
  return `\n*Who may approve ${when}, as far as is known:* ${people.slice(0, SHOWN_PEOPLE).map(mention).join(", ")}${more}`;
}

/** By which rules it is decided, by whom, until when, and what was decided so far. */
export function approvalBlocks(request: RequestSummary, events: readonly AuditEvent[]): ContextBlock[] {
  const { decision } = request;
  const rules =
    decision.kind === "allowed" ? [decision.because] : decision.rules.map((rule) => rule.description);
  if (decision.unmet !== undefined) rules.push(`:warning: ${decision.unmet}`);
  if (decision.unchecked !== undefined) rules.push(`:warning: ${decision.unchecked}`);
  const expiry =
    request.state === "pending" && request.expiresAt !== null
      ? `Expires ${moment(request.expiresAt)}. The requester and the person concerned can never approve.`
      : "";
  const text = `*Rule:* ${rules.map(escapeAroundPeople).join(" · ")}${poolLine(request, events)}`;
  const decisions = decisionsInForce(events).map(decisionLine);
  return [
    { type: "context", elements: [mrkdwn(text)] },
    // In a block of its own: however long the rules are, this is not cut.
    ...(expiry === "" ? [] : [{ type: "context" as const, elements: [mrkdwn(expiry)] }]),
    ...(decision.alsoOpen === undefined
      ? []
      : [
          {
            type: "context" as const,
            elements: [mrkdwn(decision.alsoOpen.map(alsoOpenLine).join("\n"))],
          },
        ]),
    ...(decisions.length === 0
      ? []
      : [{ type: "context" as const, elements: [mrkdwn(decisions.join("\n"))] }]),
  ];
}
