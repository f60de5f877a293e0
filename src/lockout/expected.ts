import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { DoorsPlan } from "./doors.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** What a lockout would come to if each of its steps took hold as far as can be known: whether it would last. */
export function verdictIfAllHolds(plan: DoorsPlan): Verdict {
  const events = plan.steps.map(({ id, operation, doubt }): AuditEvent => ({
    id: `expected:${id}`,
    requestId: null,
    type: "step.finished",
    actor: SYSTEM_ACTOR,
    at: new Date(0),
    data:
      doubt === undefined
        ? { stepId: id, operation, outcome: "verified", sentence: "", facts: {} }
        : { stepId: id, operation, outcome: "unverified", sentence: doubt, facts: { unknown: true } },
  }));
  return verdictOf(plan, events);
}
