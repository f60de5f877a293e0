import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { Request } from "../../request/request.ts";

interface Made {
  id: string;
  personId: string;
  verdict: "approve" | "deny";
  roles: string[];
  reason: string | undefined;
  secondFactor: boolean;
  at: Date;
}

/** The events that a decision makes. A request that was put back or changed can be approved more than once. */
export function decisionMade(request: Request, made: Made): AuditEvent {
  const { id, personId, verdict, roles, reason, secondFactor, at } = made;
  return {
    id,
    requestId: request.id,
    at,
    type: "decision.made",
    actor: personId,
    data: {
      verdict,
      roles,
      planHash: request.plan.hash,
      reason,
      secondFactor: secondFactor ? true : undefined,
    },
  };
}

export function requestApproved(request: Request, by: string[], at: Date): AuditEvent {
  const rules = request.decision.rules.map(({ id, description }) => ({ rule: id, description }));
  const again = request.attempt === 0 ? "" : `:${request.attempt}`;
  return {
    id: `${request.id}:approved${again}`,
    requestId: request.id,
    at,
    type: "request.approved",
    actor: SYSTEM_ACTOR,
    data: { by, rules },
  };
}

export function requestDenied(
  request: Request,
  by: string,
  reason: string | undefined,
  at: Date,
): AuditEvent {
  return {
    id: `${request.id}:denied`,
    requestId: request.id,
    at,
    type: "request.denied",
    actor: by,
    data: { by, reason },
  };
}
