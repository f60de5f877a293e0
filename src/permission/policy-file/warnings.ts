import type { Effect } from "../../catalogue/effect.ts";
import type { AskedOperation } from "../decide/asked-operation.ts";
import { effectsOfAll, namesPlaybook, speaksOf, type AskedFor } from "../decide/asked.ts";
import { ownPlaybooks } from "../decide/own-playbooks.ts";
import { holds } from "../decide/role-scopes.ts";
import { policySchema, type Denial, type Policy } from "../schema.ts";
import { readDocument } from "./yaml-document.ts";
import type { TestablePlaybook } from "./keep-policy.ts";
import type { FaultAtPath } from "./policy-error.ts";
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
function policyWarnings(policy: Policy, playbooks: readonly TestablePlaybook[]): FaultAtPath[] {
  const known = [...playbooks, ...ownPlaybooks(policy)];
  return [
    ...roleWarnings(policy),
    ...ruleWarnings(policy, known),
    ...sideDoorWarnings(policy, known),
    ...effectWarnings(policy, known),
  ];
}

/** What a denied playbook does, and a single operation of another name still may. */
function sideDoorWarnings(policy: Policy, playbooks: readonly TestablePlaybook[]): FaultAtPath[] {
  const denials = policy.deny ?? [];
  return denials.flatMap((denial, index): FaultAtPath[] => {
    const name = denial.for?.playbook;
    const playbook = playbooks.find((one) => one.name === name);
    if (name === undefined || playbook === undefined || name.includes(".")) return [];
    const open = allOperations(playbook).filter(
      (operation) =>
        operation.risk !== "read" &&
        isAskable(policy, operation) &&
        !denials.some((other) => isAsWide(other, denial) && speaksOf(other.for, askedForOf(operation))),
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

/** More would not be read. */
const MOST_NAMED = 4;

/** What a rule denies by one name, and does the same to someone's access by another name that it leaves open. */
function effectWarnings(policy: Policy, playbooks: readonly TestablePlaybook[]): FaultAtPath[] {
  const denials = policy.deny ?? [];
  return denials.flatMap((denial, index): FaultAtPath[] => {
    const { playbook: name, effect } = denial.for ?? {};
    if (name === undefined || effect !== undefined) return [];
    const denied = playbooks.filter((one) => namesPlaybook(name, one.name));
    const closed = effectsOfAll(denied.flatMap(allOperations)).filter((one) => one.startsWith("closes-"));
    return closed.flatMap((one): FaultAtPath[] => {
      const open = playbooks.filter(
        (other) => !denied.includes(other) && isOpenBeside(policy, denial, other, one),
      );
      if (open.length === 0) return [];
      const named = open.slice(0, MOST_NAMED).map((other) => `\`${other.name}\``);
      const rest = open.length > named.length ? ` and ${open.length - named.length} more` : "";
      return [
        {
          path: ["deny", index, "for"],
          message: `\`${name}\` is denied, and \`effect: ${one}\` is still open by ${named.join(", ")}${rest}. Deny \`effect: ${one}\` instead.`,
        },
      ];
    });
  });
}

/** Whether those whom a denial is for can still bring about an effect by another name. */
function isOpenBeside(policy: Policy, denial: Denial, other: TestablePlaybook, effect: Effect): boolean {
  const asked = allOperations(other);
  if (!effectsOfAll(asked).includes(effect)) return false;
  const risks = asked.map(({ risk }) => risk);
  const request = { playbook: other.name, risks, effects: effectsOfAll(asked) };
  if (!policy.approvals.some((rule) => speaksOf(rule.for, request))) return false;
  if ((policy.deny ?? []).some((one) => isAsWide(one, denial) && speaksOf(one.for, request))) return false;
  const roles = denial.who?.roles ?? Object.keys(policy.roles);
  // Steps that have nothing to do with it can be left out; the scope of the playbook itself cannot.
  return other
    .operations(other.actions?.[0])
    .filter(({ name, effects = [] }) => effects.includes(effect) || name === other.name)
    .every(({ scopes }) => roles.some((role) => scopes.some((scope) => holds(policy, role, scope))));
}

function askedForOf({ name, risk, effects }: AskedOperation): AskedFor {
  return { playbook: name, risks: [risk], effects };
}

/** Everything that a playbook can do, by whichever of its actions. */
function allOperations(playbook: TestablePlaybook): AskedOperation[] {
  const all = [undefined, ...(playbook.actions ?? [])].flatMap((action) => playbook.operations(action));
  return [...new Map(all.map((operation) => [operation.name, operation])).values()];
}

/** Whether one rule denies it to, and about, everyone that the other one does. */
function isAsWide(one: Denial, other: Denial): boolean {
  const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);
  return (
    (one.who === undefined || same(one.who, other.who)) &&
    (one.target === undefined || same(one.target, other.target))
  );
}
