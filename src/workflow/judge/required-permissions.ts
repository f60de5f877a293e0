import { findOperation } from "../../catalogue/registry.ts";
import { askedOperation, type AskedOperation } from "../../permission/decide/asked-operation.ts";
import { askedPlaybook } from "../../permission/decide/asked-playbook.ts";
import { riskOf, type Plan } from "../../plan/plan.ts";

/**
 * What a plan asks the permission check for: each of its steps, and the playbook itself where that takes a scope of its
 * own. Of a single operation its own scopes decide: the snapshot before it only confirms whom it is about.
 */
export function askedOfPlan({
  playbook,
  title,
  steps,
}: Pick<Plan, "playbook" | "title" | "steps">): AskedOperation[] {
  const isSingle = playbook === title || steps.some((step) => step.operation === playbook);
  return [
    ...askedPlaybook(playbook),
    ...steps
      .filter((step) => !isSingle || step.operation === playbook)
      .map((step) => ({ ...askedOperation(findOperation(step.operation)), risk: riskOf(step) })),
  ];
}
