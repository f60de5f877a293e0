import type { AuditEvent } from "../../audit/event.ts";
import type { Act, Click } from "../../deps/decision.ts";
import type { OperationSubmission } from "../../deps/operation.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { Submission } from "../../deps/submission.ts";

/** The part of a click that says who tried what. */
export type TriedClick = Pick<Click, "requestId" | "personId" | "verdict">;

/** What a vendor said, where the no rests on it. */
function factsOf({ facts }: Refusal): Pick<Refusal, "facts"> {
  return facts === undefined ? {} : { facts };
}

/** What the audit log keeps when someone may not open a form. */
export function openRefused(personId: string, playbook: string, refusal: Refusal, at: Date): AuditEvent {
  return {
    id: `open:${personId}:refused:${at.getTime()}`,
    requestId: null,
    type: "request.refused",
    actor: personId,
    at,
    data: { where: playbook, rule: refusal.rule, reason: refusal.reason, ...factsOf(refusal) },
  };
}

/** What the audit log keeps of a submission that was refused. */
export function submissionRefused(
  submission: Pick<Submission, "viewId" | "requesterId" | "target">,
  playbook: string,
  refusal: Refusal,
  at: Date,
): AuditEvent {
  return {
    id: `${submission.viewId}:refused:${at.getTime()}`,
    requestId: null,
    type: "request.refused",
    actor: submission.requesterId,
    at,
    data: {
      where: playbook,
      rule: refusal.rule,
      reason: refusal.reason,
      asked: submission.target.slackId ?? submission.target.email ?? "",
      ...factsOf(refusal),
    },
  };
}

/** What the audit log keeps of a form of one operation that was refused. */
export function operationRefused(submission: OperationSubmission, refusal: Refusal, at: Date): AuditEvent {
  const { viewId, requesterId, entered } = submission;
  return submissionRefused({ viewId, requesterId, target: entered.target }, entered.operation, refusal, at);
}

/** What the audit log keeps of a click that was refused; `requestId` is null where there is no such request. */
export function decisionRefused(
  click: TriedClick,
  requestId: string | null,
  refusal: Refusal,
  at: Date,
): AuditEvent {
  return {
    id: `${click.requestId}:refused:${click.personId}:${at.getTime()}`,
    requestId,
    type: "decision.refused",
    actor: click.personId,
    at,
    data: { verdict: click.verdict, rule: refusal.rule, reason: refusal.reason },
  };
}

/** What the audit log keeps when someone may not do something to a request; `requestId` is null where there is none. */
export function actRefused(
  requestId: string | null,
  personId: string,
  act: Act,
  refusal: Refusal,
  at: Date,
): AuditEvent {
  return {
    id: `${requestId ?? "none"}:${act}:refused:${personId}:${at.getTime()}`,
    requestId,
    type: "request.refused",
    actor: personId,
    at,
    data: { where: act, rule: refusal.rule, reason: refusal.reason },
  };
}

/** What the audit log keeps when someone may not close a review; `known` is null where there is none. */
export function reviewRefused(
  requestId: string,
  known: string | null,
  personId: string,
  { rule, reason }: Refusal,
  at: Date,
): AuditEvent {
  return {
    id: `${requestId}:review:refused:${personId}:${at.getTime()}`,
    requestId: known,
    type: "review.refused",
    actor: personId,
    at,
    data: { rule, reason },
  };
}
