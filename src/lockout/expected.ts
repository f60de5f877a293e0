import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { PlanStep } from "../playbook/playbook.ts";
import { ACCESS_NOT_ASKED } from "../target/access-doubt.ts";
import type { DoorsPlan } from "./doors.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** Why nothing can be promised of a vendor's step, where the vendor did not say who the person is. */
function doubtOf({ target }: DoorsPlan, { operation, doubt }: PlanStep): string | undefined {
  if (doubt !== undefined) return doubt;
  const isZoomSilent = target?.zoomUserId?.includes("@") === true;
  if (isZoomSilent && operation.startsWith("zoom.")) return "Zoom did not say who this is.";
  const isAccessSilent = target?.found.includes(ACCESS_NOT_ASKED) === true;
  return isAccessSilent && operation.startsWith("cloudflare.")
    ? "Cloudflare did not say who this is."
    : undefined;
}

/**
 * What a lockout would come to if each of its steps took hold as far as can be known: whether it would last. A vendor that
 * did not answer promises nothing.
 */
export function verdictIfAllHolds(plan: DoorsPlan): Verdict {
  const events = plan.steps.map((step): AuditEvent => resultOf(step, doubtOf(plan, step)));
  return verdictOf(plan, events);
}

function resultOf({ id, operation }: PlanStep, doubt: string | undefined): AuditEvent {
  return {
    id: `expected:${id}`,
    requestId: null,
    type: "step.finished",
    actor: SYSTEM_ACTOR,
    at: new Date(0),
    data:
      doubt === undefined
        ? { stepId: id, operation, outcome: "verified", sentence: "", facts: {} }
        : { stepId: id, operation, outcome: "unverified", sentence: doubt, facts: { unknown: true } },
  };
}
