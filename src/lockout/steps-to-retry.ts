import type { AuditEvent } from "../audit/event.ts";
import { findOperation } from "../catalogue/registry.ts";
import type { Plan } from "../plan/plan.ts";
import { lockout } from "../playbook/lockout.ts";
import { release } from "../playbook/release.ts";
import { doorsOf, type DoorsPlan } from "./doors.ts";
import { mayHaveChanged, stepsOf, tookHold, type Finished } from "./ended-steps.ts";

/** The steps that close a door which was seen to be open. */
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  "zoom-sign-in": ["deactivate", "revoke-sso-token"],
  "cloudflare-sessions": [
    "revoke-cloudflare-account",
    "revoke-again-account",
    "check-sessions",
    "check-sign-ins",
  ],
  "cloudflare-devices": ["revoke-registrations", "check-devices"],
  "cloudflare-block": ["block"],
};

/**
 * What is tried again, in the plan's order: what failed or was not reached, and of a lockout what closes an access path
 * that is open.
 */
export function stepsToRetry(
  plan: DoorsPlan & Pick<Plan, "playbook" | "steps">,
  events: readonly AuditEvent[],
): string[] {
  return plan.playbook === lockout.name || plan.playbook === release.name
    ? stepsThatClose(plan, events)
    : stepsThatFailed(plan.steps, events);
}

/**
 * Steps of an offboarding or an operation that may be sent again. A call that must not happen twice is sent again only
 * where it surely did not happen, and never one whose secrets or files were deleted when the request ended.
 */
function stepsThatFailed(planned: Plan["steps"], events: readonly AuditEvent[]): string[] {
  const ended = stepsOf(events);
  const hopeless = new Set<string>();
  return planned.flatMap((step) => {
    const finished = ended.get(step.id)?.finished;
    if (finished !== undefined && isWellEnded(step, finished)) return [];
    const mayHaveHappened =
      finished === undefined ||
      finished.data.outcome === "unverified" ||
      finished.data.facts.unknown === true;
    const isRepeatable = findOperation(step.operation).idempotent || step.generated !== undefined;
    const isBlocked = step.requires.some((id) => hopeless.has(id));
    // It would show what the change left behind.
    const isLate =
      step.isSnapshot === true &&
      planned.some(({ id, after }) => after.includes(step.id) && mayHaveChanged(events, id));
    const isSpent = (step.kept ?? []).length > 0 || (mayHaveHappened && !isRepeatable);
    if (!isBlocked && !isLate && !isSpent) return [step.id];
    hopeless.add(step.id);
    return [];
  });
}

function isWellEnded(step: Plan["steps"][number], finished: Finished): boolean {
  const { outcome, facts } = finished.data;
  return (
    tookHold(finished) ||
    facts.changedSince === true ||
    (outcome === "not_found" && step.goneIsFine !== undefined)
  );
}

function stepsThatClose(plan: DoorsPlan, events: readonly AuditEvent[]): string[] {
  const steps = stepsOf(events);
  const isBad = (id: string) => {
    const finished = steps.get(id)?.finished;
    // What someone changed since it was asked for is left as they want it.
    return finished === undefined || !(tookHold(finished) || finished.data.facts.changedSince === true);
  };
  // Seen by the watch, or by a look of the run's own: looking again would close nothing.
  const reopened = doorsOf(plan, events)
    .filter(({ state, isProven }) => state === "open" && isProven)
    .map(({ id }) => id);
  const looked = Object.entries(CLOSING).flatMap(([door, closing]) =>
    closing.some((id) => id.startsWith("check-") && steps.get(id)?.finished?.data.outcome === "unverified")
      ? [door]
      : [],
  );
  const closing = new Set([...reopened, ...looked].flatMap((door) => CLOSING[door] ?? []));
  return plan.steps.filter(({ id }) => closing.has(id) || isBad(id)).map(({ id }) => id);
}
