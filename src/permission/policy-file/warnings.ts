import type { AskedOperation } from "../decide/asked-operation.ts";
import { speaksOf } from "../decide/asked.ts";
import { ownPlaybooks } from "../decide/own-playbooks.ts";
import { policySchema, type Denial, type Policy } from "../schema.ts";
import { readDocument } from "./document.ts";
import type { TestablePlaybook } from "./keep-policy.ts";
import type { LocatedFault } from "./located-fault.ts";
import type { PolicyFault } from "./policy-error.ts";
import { roleWarnings } from "./role-warnings.ts";
import { isAskable, ruleWarnings } from "./rule-warnings.ts";

/**
 * The warnings about the text of a policy that has no fault, with line and column, in the order of the lines.
 * @param playbooks those that exist under any policy
 */
export function warningsOf(text: string, playbooks: readonly TestablePlaybook[]): PolicyFault[] {
  const document = readDocument(text);
  return policyWarnings(policySchema.parse(document.value), playbooks)
    .map((warning) => document.locate(warning))
    .toSorted(
      (left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
    );
}

/**
 * What a policy says that is legal and surely not meant, by where it is written. It is used all the same.
 * @param playbooks those that exist under any policy
 */
export function policyWarnings(policy: Policy, playbooks: readonly TestablePlaybook[]): LocatedFault[] {
  const known = [...playbooks, ...ownPlaybooks(policy)];
  return [...roleWarnings(policy), ...ruleWarnings(policy, known), ...sideDoorWarnings(policy, known)];
}

/** What a denied playbook does, and a single operation of another name still may. */
function sideDoorWarnings(policy: Policy, playbooks: readonly TestablePlaybook[]): LocatedFault[] {
  const denials = policy.deny ?? [];
  return denials.flatMap((denial, index): LocatedFault[] => {
    const name = denial.for?.playbook;
    const playbook = playbooks.find((one) => one.name === name);
    if (name === undefined || playbook === undefined || name.includes(".")) return [];
    const open = allOperations(playbook).filter(
      (operation) =>
        operation.risk !== "read" &&
        isAskable(policy, operation) &&
        !denials.some(
          (other) => isAsWide(other, denial) && speaksOf(other.for, operation.name, [operation.risk]),
        ),
    );
    if (open.length === 0) return [];
    return [
      {
        path: ["deny", index],
        message: `\`${name}\` is denied, and the same can still be done by ${open.map((one) => `\`${one.name}\``).join(", ")}. Deny these as well.`,
      },
    ];
  });
}

/** Everything that a playbook can do, by whichever of its actions. */
function allOperations({ actions = [], operations }: TestablePlaybook): AskedOperation[] {
  const all = [undefined, ...actions].flatMap((action) => operations(action));
  return [...new Map(all.map((operation) => [operation.name, operation])).values()];
}

/** Whether one rule denies it to, and about, everybody that the other one does. */
function isAsWide(one: Denial, other: Denial): boolean {
  const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);
  return (
    (one.who === undefined || same(one.who, other.who)) &&
    (one.target === undefined || same(one.target, other.target))
  );
}
