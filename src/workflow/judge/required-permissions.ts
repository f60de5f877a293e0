import { opens } from "../../catalogue/effect.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { askedOperation, type AskedOperation } from "../../permission/decide/asked-operation.ts";
import { askedPlaybook } from "../../permission/decide/asked-playbook.ts";
import { riskOf, type Plan } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";

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
      .map((step) => {
        const { effects = [], ...asked } = askedOperation(findOperation(step.operation), step.input);
        // A lockout opens nothing: nobody learns the password that it sets.
        const own = playbook === lockout.name ? effects.filter((effect) => !opens([effect])) : effects;
        return { ...asked, ...(own.length === 0 ? {} : { effects: own }), risk: riskOf(step) };
      }),
  ];
}
