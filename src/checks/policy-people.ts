import { restrictiveGroups } from "../permission/decide/unchecked.ts";
import { groupsNeeded } from "../permission/decide/roles.ts";
import { BREAK_GLASS_SCOPE, LOCKOUT_SCOPE, rolesWith } from "../permission/decide/role-scopes.ts";
import type { Policy } from "../permission/schema.ts";
import { findingsOf, type Finding } from "./finding.ts";
import { membersIn } from "./role-members.ts";
import { ruleFindings } from "./rule-people.ts";
import type { ListedGroup, ListedWorkspace } from "./slack-people.ts";

const group = findingsOf("user groups", "fault");
const policyFault = findingsOf("policy", "fault");
const policyWarning = findingsOf("policy", "warning");

/** More would not be read. */
const MOST_NAMED = 8;

/**
 * Compares the policy with the people and user groups of the workspace. What follows from another finding is left
 * out: a group that is missing also empties roles and rules.
 */
export function policyPeopleFindings(policy: Policy, workspace: ListedWorkspace): Finding[] {
  const groups = groupFindings(policy, workspace);
  if (groups.length > 0) return groups;
  const people = userFindings(policy, workspace);
  if (people.some(({ severity }) => severity === "fault")) return people;
  const powers = powerFindings(policy, workspace);
  return [
    ...people,
    ...powers,
    ...(powers.length > 0 ? [] : ruleFindings(policy, membersIn(policy, workspace))),
  ];
}

function groupFindings(policy: Policy, { groups, people, isWhole }: ListedWorkspace): Finding[] {
  const used = [...new Set([...groupsNeeded(policy), ...restrictiveGroups(policy)])];
  const active = [...groups.values()].filter(({ isDisabled }) => !isDisabled);
  return used.flatMap((id): Finding[] => {
    const found = groups.get(id);
    const lacks = consequence(policy, id);
    const where = `policy.yml, ${id}`;
    if (found === undefined)
      return [
        group(
          where,
          `The workspace has no user group ${id}: ${lacks}.`,
          `Put the id of one of the workspace's groups in its place: ${named(active)}.`,
        ),
      ];
    if (found.isDisabled)
      return [
        group(
          where,
          `The user group ${id} (@${found.handle}) is disabled: ${lacks}.`,
          `Enable @${found.handle} in Slack, or name another group: ${named(active)}.`,
        ),
      ];
    if (found.members.some((person) => people.get(person)?.isEligible ?? !isWhole)) return [];
    return [
      group(
        where,
        `Nobody in the user group ${id} (@${found.handle}) can hold a role: ${lacks}.`,
        `Add members of the workspace to @${found.handle} in Slack, or name another group.`,
      ),
    ];
  });
}

function named(groups: readonly ListedGroup[]): string {
  if (groups.length === 0) return "it has none, so list people under `users`";
  const shown = groups.slice(0, MOST_NAMED).map(({ id, handle }) => `${id} (@${handle})`);
  return `${shown.join(", ")}${groups.length > MOST_NAMED ? " and more" : ""}`;
}

/** What a group that nobody is in means, as the rest of a sentence. */
function consequence({ roles, protected: protections = [] }: Policy, id: string): string {
  const given = Object.entries(roles).filter(([, { members }]) => members.usergroups?.includes(id));
  const protects = protections.some(({ members }) => members.usergroups?.includes(id));
  const parts = [
    ...(given.length === 0
      ? []
      : [`it gives nobody the role ${given.map(([role]) => `\`${role}\``).join(", ")}`]),
    ...(protects ? ["it protects nobody"] : []),
  ];
  return parts.length === 0 ? "rules that name it are for nobody" : parts.join(", and ");
}

/** People whom the policy names and who can hold no role. */
function userFindings(policy: Policy, { people, isWhole }: ListedWorkspace): Finding[] {
  return Object.entries(policy.roles).flatMap(([role, { members }]) =>
    (members.users ?? []).flatMap((id): Finding[] => {
      const person = people.get(id);
      if (person?.isEligible === true || (person === undefined && !isWhole)) return [];
      const what =
        person === undefined ? "is not in the workspace" : "is deactivated, a guest, a bot or from outside";
      return [
        policyFault(
          `policy.yml, roles.${role}.members.users`,
          `${id} ${what}, and holds no role.`,
          `Take ${id} out, or name somebody else. A person's id is under “Copy member ID” in their profile.`,
        ),
      ];
    }),
  );
}

function powerFindings(policy: Policy, workspace: ListedWorkspace): Finding[] {
  const members = membersIn(policy, workspace);
  const isNobodys = (scope: string) => rolesWith(policy, scope).every((role) => members(role)?.size === 0);
  const findings: Finding[] = [];
  if (isNobodys(LOCKOUT_SCOPE))
    findings.push(
      policyFault(
        "policy.yml, roles",
        `Nobody holds \`${LOCKOUT_SCOPE}\`: nobody can lock out a stolen account.`,
        `Add ${LOCKOUT_SCOPE} to the scopes of a role that people hold, such as \`security\`.`,
      ),
    );
  if (policy.break_glass !== undefined && isNobodys(BREAK_GLASS_SCOPE))
    findings.push(
      policyWarning(
        "policy.yml, break_glass",
        `Nobody holds \`${BREAK_GLASS_SCOPE}\`: nobody can use break-glass.`,
        `Add ${BREAK_GLASS_SCOPE} to the scopes of a role, or take break_glass out.`,
      ),
    );
  return findings;
}
