import type { AuditEvent } from "../audit/event.ts";
import { doorsOf, type DoorsPlan } from "./doors.ts";
import { stepsOf, tookHold } from "./ended-steps.ts";

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

/** What is tried again, in the plan's order: what failed or was not reached, and what closes a door that is open. */
export function stepsToRetry(plan: DoorsPlan, events: readonly AuditEvent[]): string[] {
  const steps = stepsOf(events);
  const isBad = (id: string) => {
    const finished = steps.get(id)?.finished;
    // What somebody changed since it was asked for is left as they want it.
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
