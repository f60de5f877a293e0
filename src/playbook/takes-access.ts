import type { PlanStep } from "./playbook.ts";
import { lockout } from "./lockout.ts";
import { zoomOffboard } from "./zoom-offboard.ts";

/**
 * Whether a request takes a person's access away as a whole, so that they should hold no power here either: an
 * offboarding, a lockout, and what does the same by itself. Ending sessions by itself does not: one signs in again.
 */
export function takesAccess(
  playbook: string,
  steps: readonly Pick<PlanStep, "operation" | "input">[],
): boolean {
  return (
    playbook === zoomOffboard.name ||
    // Whoever holds the account may hold the person's Slack as well.
    playbook === lockout.name ||
    steps.some(
      ({ operation, input }) =>
        operation === "zoom.user.delete" ||
        (operation === "zoom.user.updateStatus" && input["action"] === "deactivate"),
    )
  );
}

/** Calls by which nobody comes back in; one that is missing here is only not sent behind a lockout. */
const CLOSING: ReadonlySet<string> = new Set([
  "zoom.user.delete",
  "zoom.user.revokeSsoToken",
  "zoom.role.removeMember",
  "zoom.meeting.end",
  "cloudflare.access.revokeUserInAccount",
  "cloudflare.access.revokeUserInZone",
  "cloudflare.gateway.addItem",
  "cloudflare.registration.revoke",
  "cloudflare.registration.delete",
  "cloudflare.device.revoke",
  "cloudflare.device.delete",
  "slack.session.reset",
]);

/** Whether a call can only take access away. */
export function closesDoor(operation: string, input: Readonly<Record<string, unknown>>): boolean {
  return (
    CLOSING.has(operation) || (operation === "zoom.user.updateStatus" && input["action"] === "deactivate")
  );
}
