import type { AuditEvent } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import { doorsOf } from "./doors.ts";
import { stepsOf } from "./ended-steps.ts";

/** The steps that close a door which the watch found open again. */
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  "zoom-sign-in": ["remove-role", "deactivate", "revoke-sso-token"],
  "cloudflare-sessions": [
    "revoke-cloudflare-account",
    "revoke-again-account",
    "check-sessions",
    "check-sign-ins",
  ],
  "cloudflare-block": ["block"],
};

const GOOD: ReadonlySet<string> = new Set(["verified", "accepted"]);

/** What is tried again, in the plan's order: what failed or was not reached, and what closes a door that is open. */
export function stepsToRetry(plan: Pick<Plan, "steps">, events: readonly AuditEvent[]): string[] {
  const steps = stepsOf(events);
  const reopened = doorsOf(plan, events)
    .filter(({ state, isProven }) => state === "open" && isProven)
    .flatMap(({ id }) => CLOSING[id] ?? []);
  return plan.steps
    .filter(({ id }) => {
      const outcome = steps.get(id)?.finished?.data.outcome;
      return reopened.includes(id) || outcome === undefined || !GOOD.has(outcome);
    })
    .map(({ id }) => id);
}
