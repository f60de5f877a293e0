import type { AuditEvent } from "../../audit/event.ts";
import type { Request } from "../../request/request.ts";

/** What the audit log keeps of a request that was made. */
export function requestCreated(request: Request): AuditEvent {
  const { target, fields, hash } = request.plan;
  return {
    id: `${request.id}:created`,
    requestId: request.id,
    type: "request.created",
    actor: request.requester.id,
    at: request.createdAt,
    data: {
      playbook: request.playbook,
      requesterId: request.requester.id,
      target: {
        name: target.name,
        email: target.email,
        slackId: target.slackId,
      },
      planHash: hash,
      policyVersion: request.policyVersion,
      decision: request.decision.kind,
      rules: [
        ...(request.decision.kind === "allowed"
          ? [{ rule: "allowed", description: request.decision.because }]
          : request.decision.rules.map(({ id, description }) => ({ rule: id, description }))),
        ...(request.decision.unchecked === undefined
          ? []
          : [{ rule: "unchecked", description: request.decision.unchecked }]),
      ],
      reason: typeof fields["reason"] === "string" ? fields["reason"] : "",
      ticket: typeof fields["ticket"] === "string" ? fields["ticket"] : undefined,
    },
  };
}

/** What the audit log keeps of a request that runs without the approvals that it would have needed. */
export function glassBroken(request: Request, reviewBy: Date, reviewers: string[]): AuditEvent {
  return {
    id: `${request.id}:glass`,
    requestId: request.id,
    type: "glass.broken",
    actor: request.requester.id,
    at: request.createdAt,
    data: {
      skipped: (request.decision.skipped ?? []).map(({ id, description }) => ({ rule: id, description })),
      reviewBy: reviewBy.toISOString(),
      reviewers,
    },
  };
}
