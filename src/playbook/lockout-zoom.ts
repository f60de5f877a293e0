import { SNAPSHOT_TITLE, snapshotStep } from "./snapshot-step.ts";
import type { LockoutFields } from "./lockout-fields.ts";
import type { PlanStep } from "./playbook.ts";
import type { ZoomTarget } from "../target/target.ts";

/** How long the deactivation waits for what an undo wants to know: a door is open meanwhile. */
const SNAPSHOT_SECONDS = 1;
/** How long what follows a command of Zoom's waits for its answer. */
const ANSWER_SECONDS = 3;

/** What a lockout does at Zoom: nobody signs in any more, then what is open is ended. */
export function zoomLockoutSteps({ parts, seen }: LockoutFields, target: ZoomTarget): PlanStep[] {
  const userId = target.zoomUserId;
  const wants = (part: (typeof parts)[number]) => parts.includes(part);
  const deactivates = wants("zoom-deactivate");
  const removesRole = deactivates && seen.role !== undefined;
  const snapshots: PlanStep[] = [
    snapshotStep(userId, SNAPSHOT_TITLE),
    ...(deactivates
      ? [
          {
            id: "snapshot-features",
            title: "Keep which Zoom features the user has",
            operation: "zoom.user.getSettings",
            input: { userId },
            after: [],
            requires: [],
            isSnapshot: true,
            patienceSeconds: SNAPSHOT_SECONDS,
          },
        ]
      : []),
  ];
  // Zoom deactivates nobody who administers the account.
  const role: PlanStep[] = removesRole
    ? [
        {
          id: "remove-role",
          title: `Take the Zoom role “${seen.role?.name ?? ""}” away`,
          operation: "zoom.role.removeMember",
          input: { roleId: seen.role?.id ?? "", userId },
          after: ["snapshot"],
          requires: [],
          patienceSeconds: ANSWER_SECONDS,
        },
      ]
    : [];
  const deactivate: PlanStep[] = deactivates
    ? [
        {
          id: "deactivate",
          title: "Deactivate the Zoom user",
          operation: "zoom.user.updateStatus",
          input: { userId, action: "deactivate" },
          after: ["snapshot", "snapshot-features", ...(removesRole ? ["remove-role"] : [])],
          requires: [],
          patienceSeconds: ANSWER_SECONDS,
        },
      ]
    : [];
  // Afterwards, so that no new sign-in and no new meeting slips in between.
  const after = deactivates ? ["deactivate"] : ["snapshot"];
  return [
    ...snapshots,
    ...role,
    ...deactivate,
    ...(wants("zoom-sessions") ? [sessionsStep(userId, after)] : []),
    ...(wants("zoom-meetings") ? [meetingsStep(after)] : []),
    ...(wants("zoom-password") && seen.hasPassword ? [passwordStep(userId, after)] : []),
  ];
}

function sessionsStep(userId: string, after: string[]): PlanStep {
  return {
    id: "revoke-sso-token",
    title: "Revoke the Zoom SSO token",
    operation: "zoom.user.revokeSsoToken",
    input: { userId },
    after,
    requires: [],
  };
}

/**
 * Meetings are ended beside the deactivation and not behind it: with the user's licence may go what it takes to list and
 * to end them. What began in between is looked for once the user is inactive.
 */
function meetingsStep(againAfter: string[]): PlanStep {
  return {
    id: "end-meetings",
    title: "End their live Zoom meetings",
    operation: "zoom.meeting.end",
    input: {},
    chosen: { path: "meetingId", how: "each", againAfter },
    after: ["snapshot"],
    requires: [],
  };
}

function passwordStep(userId: string, after: string[]): PlanStep {
  return {
    id: "reset-password",
    title: "Set the Zoom password to a random one",
    operation: "zoom.user.updatePassword",
    input: { userId },
    generated: ["password"],
    after,
    requires: [],
    // Nothing is lost that its owner cannot have again: a released person sets another password by e-mail.
    risk: "reversible",
  };
}
