import { covers } from "../catalogue/scope.ts";
import { isLook, type AskedOperation } from "./asked-operation.ts";
import { matchingRules } from "./approval-rules.ts";
import type { ApprovalRule } from "./approval-rules.ts";
import { waysIn } from "./roles.ts";
import type { PersonFacts, Standing } from "./roles.ts";
import type { Policy } from "./schema.ts";

/** Who the request is about, by every id and e-mail that is known. */
interface AskedTarget {
  /** False where it is about no person; true unless told. */
  isPerson?: boolean;
  slackId?: string;
  emails: readonly string[];
  facts?: Pick<PersonFacts, "id" | "email">;
}

export interface DecisionInput {
  policy: Policy;
  requester: Standing;
  target: AskedTarget;
  /** Indexes of the `protected` entries that hold for the target, from `protectionsFor`. */
  targetProtections: readonly number[];
  playbook: string;
  operations: readonly AskedOperation[];
}

/** The answer, always with the rule that said so. */
export type Decision =
  | {
      kind: "denied";
      rule: string;
      reason: string;
      /** The narrowest scope that would do, for each operation that lacks one. */
      missing?: string[];
      /** Roles that would grant what is missing. */
      whoCanGrant?: string[];
    }
  | { kind: "allowed"; rule: string; because: string }
  | { kind: "needs_approval"; rules: ApprovalRule[]; because: string };

const NOT_ONESELF = "nobody removes their own access here";

/**
 * The `protected` entries that hold for a target, as indexes.
 * @param target `null` when it was looked up and has no Slack account
 * @throws MissingGroupFactError when a user group that matters was not looked up
 */
export function protectionsFor(policy: Policy, target: Pick<PersonFacts, "id" | "groups"> | null): number[] {
  if (target === null) return [];
  return (policy.protected ?? []).flatMap((entry, index) =>
    waysIn(entry.members, target).length > 0 ? [index] : [],
  );
}

/**
 * Whether the requester may have this run: no, yes, or once others approve. Every approval rule that matches
 * applies, each on its own, so their order in the file means nothing. What only looks needs no rule.
 * @throws RangeError when a protection is not one of the policy's
 */
export function decide(input: DecisionInput): Decision {
  const { policy, requester, operations } = input;
  const looks = isLook(input.playbook, operations);
  const oneself = looks ? undefined : refuseOneself(requester.facts, input.target);
  if (oneself) return oneself;
  if (requester.barred !== undefined)
    return { kind: "denied", rule: "guests, bots and outsiders hold no role", reason: requester.barred };
  if (operations.length === 0)
    return { kind: "denied", rule: "a request does something", reason: "There is nothing to run." };

  const held = requester.roles.filter(({ role }) => Object.hasOwn(policy.roles, role));
  const lacking = operations.filter((operation) => !held.some(({ role }) => grants(policy, role, operation)));
  if (lacking.length > 0) return refuseForScopes(policy, requester, lacking);

  // Protection is against losing access: being looked at by those who may look takes nothing away.
  const protections = looks ? [] : input.targetProtections;
  const matching = matchingRules(policy, input.playbook, operations, protections, looks);
  if (matching.uncoveredRisk !== undefined)
    return {
      kind: "denied",
      rule: `no approval rule covers ${input.playbook} with a step that is ${matching.uncoveredRisk}`,
      reason: `The policy has no approval rule for ${input.playbook} with a step that is ${matching.uncoveredRisk}, and without one nothing runs. Whoever keeps the policy can add one.`,
    };

  const useful = held.filter(({ role }) => operations.some((operation) => grants(policy, role, operation)));
  const standing = useful.map(({ role, through }) => `${role} (${through})`).join(", ");
  const pending = matching.rules.filter((rule) => rule.count > 0);
  if (pending.length > 0)
    return {
      kind: "needs_approval",
      rules: pending,
      because: `You may ask for this as ${standing}. ${pending.map((rule) => rule.description).join(" ")}`,
    };
  return {
    kind: "allowed",
    rule: matching.rules.map((rule) => rule.id).join(", ") || "looking needs no approval",
    because: `You may do this as ${standing}, and the policy asks for no approval.`,
  };
}

function grants(policy: Policy, role: string, operation: AskedOperation): boolean {
  const scopes = policy.roles[role]?.scopes ?? [];
  return scopes.some((granted) => operation.scopes.some((needed) => covers(granted, needed)));
}

function refuseOneself(requester: PersonFacts, target: AskedTarget): Decision | undefined {
  if (target.isPerson === false) return undefined;
  const ids = [target.slackId, target.facts?.id].filter((id) => id !== undefined);
  const emails = [...target.emails, target.facts?.email]
    .filter((email) => email !== undefined)
    .map(comparable);
  const own = requester.email === undefined ? "" : comparable(requester.email);
  if (ids.includes(requester.id) || (own !== "" && emails.includes(own)))
    return {
      kind: "denied",
      rule: NOT_ONESELF,
      reason: "This request is about yourself. Somebody else has to ask for it.",
    };
  // With no id on one side and no e-mail on the other there is nothing that shows these are two people.
  if (ids.length === 0 && own === "")
    return {
      kind: "denied",
      rule: NOT_ONESELF,
      reason:
        "Slack shows no e-mail for you, so it cannot be ruled out that this is about yourself. Choose the person in Slack instead.",
    };
  return undefined;
}

function refuseForScopes(policy: Policy, requester: Standing, lacking: readonly AskedOperation[]): Decision {
  const names = Object.keys(policy.roles);
  const forAll = names.filter((role) => lacking.every((operation) => grants(policy, role, operation)));
  const whoCanGrant =
    forAll.length > 0
      ? forAll
      : names.filter((role) => lacking.some((operation) => grants(policy, role, operation)));
  const missing = [
    ...new Set(lacking.map((operation) => operation.scopes[0] ?? `any scope for ${operation.name}`)),
  ];
  const roles = requester.roles.map(({ role }) => role).join(", ");
  const remedy =
    whoCanGrant.length > 0
      ? `${whoCanGrant.length > 1 ? "These roles have" : "This role has"} it: ${whoCanGrant.join(", ")}.`
      : "No role in the policy has it.";
  return {
    kind: "denied",
    rule: "every step needs a scope that one of your roles grants",
    reason: `${roles === "" ? "You hold no role" : `Your role ${roles} does not suffice`}: missing ${missing.join(", ")} (for ${lacking.map((operation) => operation.name).join(", ")}). ${remedy}`,
    missing,
    whoCanGrant,
  };
}

function comparable(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}
