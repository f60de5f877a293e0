import type { Risk } from "./catalogue/operation.ts";
import { findOperation } from "./catalogue/registry.ts";
import { scopesOf } from "./catalogue/scope.ts";
import type { AskedOperation } from "./permission/decide.ts";
import { greatestRisk } from "./plan/plan.ts";
import { OFFBOARD_ACTIONS, offboardFields, zoomOffboard } from "./playbook/zoom-offboard.ts";
import type { Target } from "./target/target.ts";

/** A playbook as the policy sees it: how grave a request can be, and the operations of each action. */
export interface PolicyPlaybook {
  name: string;
  risks: readonly Risk[];
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
  return steps.map((step) => {
    const operation = findOperation(step.operation);
    return { name: operation.name, risk: operation.risk, scopes: scopesOf(operation) };
  });
}

/** Every playbook that a policy can speak of. */
export const KNOWN_PLAYBOOKS: readonly PolicyPlaybook[] = [
  {
    name: zoomOffboard.name,
    // The gravest step is what a rule must cover.
    risks: [
      ...new Set(
        OFFBOARD_ACTIONS.map((action) => greatestRisk(offboardOperations(action).map(({ risk }) => risk))),
      ),
    ],
    operations: offboardOperations,
  },
];
