import { LOCKOUT_SCOPE, rolesWith } from "../permission/decide/role-scopes.ts";
import type { ApprovalEntry, Policy, ProtectedEntry } from "../permission/schema.ts";
import { findingsOf, type Finding } from "./finding.ts";
import type { RoleMembers } from "./role-members.ts";

const fault = findingsOf("policy", "fault");

type Asking = Pick<ApprovalEntry | ProtectedEntry, "approvers" | "people" | "match" | "count" | "stages">;
type Who = Pick<Asking, "approvers" | "people" | "match" | "count">;

/**
 * Rules and protections that nobody can meet with the people of today: too few can approve, whoever asks. A rule is
 * left alone where a schedule decides who can approve.
 */
export function ruleFindings(policy: Policy, members: RoleMembers): Finding[] {
  const askers = peopleOf(Object.keys(policy.roles), members);
  const lockers = peopleOf(rolesWith(policy, LOCKOUT_SCOPE), members);
  return [
    ...policy.approvals.flatMap((rule, index) => unmet(rule, `approvals[${index}]`, askers, members)),
    ...(policy.protected ?? []).flatMap((rule, index) =>
      unmet(rule, `protected[${index}]`, lockers, members, "a lockout of a protected person"),
    ),
  ];
}

/** Undefined where it is not known who they are. */
function peopleOf(roles: readonly string[], members: RoleMembers): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const role of roles) {
    const held = members(role);
    if (held === undefined) return undefined;
    for (const person of held) all.add(person);
  }
  return all;
}

function unmet(
  rule: Asking,
  place: string,
  askers: ReadonlySet<string> | undefined,
  members: RoleMembers,
  what = "what it is for",
): Finding[] {
  const parts: Who[] = rule.stages ?? [rule];
  return parts.flatMap((part, index): Finding[] => {
    const { approvers = [], people = [], match, count = 1 } = part;
    const where = `policy.yml, ${place}${rule.stages === undefined ? "" : `.stages[${index}]`}`;
    if (count === 0) return [];
    const groups = match === "all" ? approvers.map((role) => [role]) : [approvers];
    return groups.flatMap((roles): Finding[] => {
      const pool = peopleOf(roles, members);
      if (pool === undefined) return [];
      const all = new Set([...pool, ...(match === "all" ? [] : people)]);
      const left = mostLeft(all, askers);
      if (left >= count) return [];
      const named = [...roles.map((role) => `\`${role}\``), ...(match === "all" ? [] : people)].join(", ");
      const asked = all.size > left ? `, and ${left} when one of them asks` : "";
      return [
        fault(
          where,
          `${count} of ${named} must approve ${what}, but only ${all.size} can${asked}: nobody can meet the rule.`,
          `Lower the count to ${Math.max(1, left)}, add approvers, or let more people into ${named}.`,
        ),
      ];
    });
  });
}

/** How many are left to approve, when the one asks who leaves the most. */
function mostLeft(approvers: ReadonlySet<string>, askers: ReadonlySet<string> | undefined): number {
  const isAskedByAnother = askers === undefined || [...askers].some((person) => !approvers.has(person));
  return isAskedByAnother || askers.size === 0 ? approvers.size : Math.max(0, approvers.size - 1);
}
