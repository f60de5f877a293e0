import type { Risk } from "./catalogue/operation.ts";
import { findOperation, operations } from "./catalogue/registry.ts";
import { askedOperation, type AskedOperation } from "./permission/asked-operation.ts";
import { ownPlaybooks } from "./permission/own-playbooks.ts";
import type { Policy } from "./permission/schema.ts";
import { greatestRisk } from "./plan/plan.ts";
import { OFFBOARD_ACTIONS, offboardFields, zoomOffboard } from "./playbook/zoom-offboard.ts";
import type { Target } from "./target/target.ts";

/** A playbook as the policy sees it: how grave a request can be, and the operations of each action. */
export interface PolicyPlaybook {
  name: string;
  title: string;
  risks: readonly Risk[];
  /** A policy need not say anything about it: then nobody may have it done. */
  isOptional?: boolean;
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
  return steps.map((step) => askedOperation(findOperation(step.operation)));
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
    operations: offboardOperations,
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
