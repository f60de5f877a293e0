import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** What a lockout would come to if each of its steps took hold: whether it would last. */
export function verdictIfAllHolds(plan: Pick<Plan, "steps" | "fields">): Verdict {
  const events = plan.steps.map(({ id, operation }): AuditEvent => ({
    id: `expected:${id}`,
    requestId: null,
    type: "step.finished",
    actor: SYSTEM_ACTOR,
    at: new Date(0),
    data: { stepId: id, operation, outcome: "verified", sentence: "", facts: {} },
  }));
  return verdictOf(plan, events);
}
