import type { Risk } from "../../catalogue/operation.ts";
import { findOperation, operations } from "../../catalogue/registry.ts";
import { askedOperation, type AskedOperation } from "../../permission/decide/asked-operation.ts";
import { ownPlaybooks } from "../../permission/decide/own-playbooks.ts";
import type { Policy } from "../../permission/schema.ts";
import { greatestRisk } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";
import { LOCKOUT_PRESETS, lockoutFields, PRESET_PARTS } from "../../playbook/lockout-fields.ts";
import { release } from "../../playbook/release.ts";
import { askedPlaybook } from "../../permission/decide/asked-playbook.ts";
import { askedOfPlan } from "./required-permissions.ts";
import { OFFBOARD_ACTIONS, offboardFields, zoomOffboard } from "../../playbook/zoom-offboard.ts";
import type { Target } from "../../target/target.ts";

/** A playbook as the policy sees it: how grave a request can be, and the operations of each action. */
export interface PolicyPlaybook {
  name: string;
  title: string;
  risks: readonly Risk[];
  /** A policy need not say anything about it: then nobody may have it done. */
  isOptional?: boolean;
  actions?: readonly string[];
  /** The operations of one action, or of the mildest one. */
  operations(action?: string): AskedOperation[];
}

const SOMEBODY: Target = {
  email: "somebody@example.com",
  name: "Somebody",
  zoomUserId: "somebody",
  zoomEmail: "somebody@example.com",
  cloudflareUserId: "somebody",
  found: [],
};

function offboardOperations(action: string = OFFBOARD_ACTIONS[0]): AskedOperation[] {
  const fields = offboardFields.parse({ action, revokeCloudflare: true, reason: "A policy test." });
  const steps = zoomOffboard.steps(fields, SOMEBODY, {
    cloudflareAccountId: "account",
    cloudflareZoneIds: ["zone"],
  });
  return steps.map((step) => askedOperation(findOperation(step.operation), step.input));
}

function lockoutOperations(action = "full"): AskedOperation[] {
  const preset = LOCKOUT_PRESETS.find((name) => name === action) ?? "full";
  const fields = lockoutFields.parse({
    parts: PRESET_PARTS[preset],
    reason: "A policy test.",
    seen: { hasPassword: true, role: { id: "1", name: "Admin" } },
  });
  // Without Slack, whose administration hardly anybody has: a policy's tests must not fail for want of its scope.
  const steps = lockout.steps(fields, SOMEBODY, {
    cloudflareAccountId: "account",
    cloudflareZoneIds: ["zone"],
    cloudflareBlockListId: "list",
  });
  return askedOfPlan({ playbook: lockout.name, title: lockout.title, steps });
}

/** Everything that a release may have to do. */
function releaseOperations(): AskedOperation[] {
  return [
    ...askedPlaybook(release.name),
    ...[
      "zoom.user.updateStatus",
      "zoom.user.update",
      "zoom.user.updateSettings",
      "zoom.role.assign",
      "cloudflare.gateway.removeItem",
      "cloudflare.registration.unrevoke",
    ].map((name) => askedOperation(findOperation(name))),
  ];
}

/** Every playbook that any policy can speak of: the named ones, and each operation of the catalogue by itself. */
export const KNOWN_PLAYBOOKS: readonly PolicyPlaybook[] = [
  {
    name: zoomOffboard.name,
    title: zoomOffboard.name,
    // The gravest step is what a rule must cover.
    risks: [
      ...new Set(
        OFFBOARD_ACTIONS.map((action) => greatestRisk(offboardOperations(action).map(({ risk }) => risk))),
      ),
    ],
    actions: OFFBOARD_ACTIONS,
    operations: offboardOperations,
  },
  {
    name: lockout.name,
    title: lockout.name,
    risks: ["reversible"],
    isOptional: true,
    operations: lockoutOperations,
  },
  {
    name: release.name,
    title: release.name,
    risks: ["reversible"],
    isOptional: true,
    operations: releaseOperations,
  },
  ...operations.map((operation) => ({
    name: operation.name,
    title: operation.title,
    risks: [operation.risk],
    isOptional: true,
    operations: () => [askedOperation(operation)],
  })),
];

/** Every playbook under a policy: those that there always are, and the policy's own. */
export function knownPlaybooks(policy: Pick<Policy, "playbooks">): PolicyPlaybook[] {
  return [...KNOWN_PLAYBOOKS, ...ownPlaybooks(policy)];
}
