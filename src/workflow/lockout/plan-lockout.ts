import { buildPlan, type Plan } from "../../plan/plan.ts";
import { leftOutSteps } from "../../playbook/left-out-steps.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { LockoutFields, LockoutPart } from "../../playbook/lockout-fields.ts";
import { ownPlaybook } from "../../playbook/own-playbook.ts";
import type { ZoomFinding } from "../../target/find.ts";
import type { Target } from "../../target/target.ts";
import { OWNER, zoomRoleOf } from "../../target/zoom-role.ts";
import { signsInBySso } from "../step/snapshot-data.ts";
import type { SubmitContext } from "../submit/submit-offboarding.ts";

/** What someone wants done: parts of a lockout, or a playbook of the policy's own. */
export interface AskedLockout {
  parts: readonly LockoutPart[];
  /** The name of a playbook of the policy's own; the parts count for nothing then. */
  playbook?: string;
  reason: string;
  ticket?: string;
}

/** A plan, and the titles of what the playbook would also do and why it cannot here, as sentences. */
export interface LockoutPlan {
  plan: Plan;
  leftOut: string[];
}

/** Zoom's number for those who sign in with a password of Zoom's own. */
const OWN_PASSWORD = 100;

/** The plan for what is asked; undefined when the policy has no such playbook, or not any more. */
export function planLockout(
  { playbookSettings, loadedPolicy }: Pick<SubmitContext, "playbookSettings" | "loadedPolicy">,
  { parts, playbook, reason, ticket }: AskedLockout,
  target: Target,
  zoom: ZoomFinding | undefined,
): LockoutPlan | undefined {
  const told = { reason, ...(ticket === undefined ? {} : { ticket }) };
  if (playbook === undefined) {
    // What is not set up here is no part of any lockout.
    const chosen = parts.filter(
      (part) => part !== "slack-sessions" || playbookSettings.slackTeamId !== undefined,
    );
    const fields: LockoutFields = { ...told, parts: chosen, seen: seenOf(zoom) };
    return { plan: buildPlan(lockout, fields, target, playbookSettings), leftOut: [] };
  }
  const { playbooks = {} } = loadedPolicy().policy;
  const definition = Object.hasOwn(playbooks, playbook) ? playbooks[playbook] : undefined;
  if (definition === undefined) return undefined;
  return {
    plan: buildPlan(ownPlaybook(playbook, definition), told, target, playbookSettings),
    leftOut: leftOutSteps(definition, target, playbookSettings).map(({ title, why }) => `${title}: ${why}`),
  };
}

function seenOf(zoom: ZoomFinding | undefined): LockoutFields["seen"] {
  const role = zoomRoleOf(zoom?.user);
  const ways = (zoom?.user as { login_types?: number[] | null } | undefined)?.login_types ?? [];
  return {
    hasPassword: ways.includes(OWN_PASSWORD),
    ...(ways.length === 0 ? {} : { hasSso: signsInBySso(zoom?.user) }),
    ...(role === undefined || role.id === OWNER ? {} : { role }),
    ...(role?.id === OWNER ? { isOwner: true } : {}),
  };
}
