import { operations } from "../../catalogue/registry.ts";
import { covers, scopesOf } from "../../catalogue/scope.ts";
import { BREAK_GLASS_SCOPE, LOCKOUT_SCOPE, rolesWith } from "../decide/role-scopes.ts";
import type { Members, Policy } from "../schema.ts";
import type { FaultAtPath } from "./policy-error.ts";
import { suggestionFor } from "./suggestion.ts";

/** What Deadbolt itself asks for, beside the vendors' scopes. */
const OWN_SCOPES = [LOCKOUT_SCOPE, BREAK_GLASS_SCOPE, "deadbolt:audit:read", "deadbolt:bulk"];
/** Written in older policies; approvers are named by the rules. */
const APPROVE_SCOPE = "deadbolt:approve";

const KNOWN_SCOPES: readonly string[] = [...new Set([...operations.flatMap(scopesOf), ...OWN_SCOPES])];

/** What is legal in `roles` and surely not meant. */
export function roleWarnings(policy: Policy): FaultAtPath[] {
  return [
    ...Object.entries(policy.roles).flatMap(([name, { members, scopes }]) => [
      ...memberWarnings(name, members),
      ...scopeWarnings(name, scopes),
      ...uselessRole(policy, name, scopes),
    ]),
    ...holderWarnings(policy),
    ...unusedWarnings(policy),
  ];
}

/** Whether nobody at all can be meant by a list of members. */
function namesNobody(members: Members): boolean {
  return Object.values(members).every((list) => list === undefined || list.length === 0);
}

function memberWarnings(name: string, members: Members): FaultAtPath[] {
  const path = ["roles", name, "members"];
  const warnings: FaultAtPath[] = [];
  if (namesNobody(members))
    warnings.push({ path, message: `Nobody is in the role \`${name}\`: every list of members is empty.` });
  for (const [key, list] of Object.entries(members)) warnings.push(...repeated(list, [...path, key]));
  return warnings;
}

/** A name that stands twice in one list is one: whoever counts on two is wrong. */
export function repeated(
  list: readonly string[] | undefined,
  path: readonly (string | number)[],
): FaultAtPath[] {
  return (list ?? []).flatMap((name, index, all) =>
    all.indexOf(name) === index
      ? []
      : [{ path: [...path, index], message: `\`${name}\` is in this list already.` }],
  );
}

function scopeWarnings(role: string, scopes: readonly string[]): FaultAtPath[] {
  return scopes.flatMap((scope, index): FaultAtPath[] => {
    const path = ["roles", role, "scopes", index];
    if (scope === "*")
      return [
        {
          path,
          message:
            "`*` grants everything, break-glass and all that later versions add. List what the role needs, such as `zoom:*`.",
        },
      ];
    if (scope === APPROVE_SCOPE)
      return [
        {
          path,
          message: `\`${APPROVE_SCOPE}\` grants nothing: who may approve is named by \`approvers\` in the rules.`,
        },
      ];
    if (KNOWN_SCOPES.some((known) => covers(scope, known)))
      return repeated(scopes.slice(0, index + 1), ["roles", role, "scopes"]).filter(
        (one) => one.path.at(-1) === index,
      );
    return [
      {
        path,
        message: `No operation asks for the scope \`${scope}\`, so it grants nothing.`,
        ...suggestionFor(scope, KNOWN_SCOPES),
      },
    ];
  });
}

/** A role that grants nothing and that no rule names does nothing. */
function uselessRole(policy: Policy, name: string, scopes: readonly string[]): FaultAtPath[] {
  if (scopes.length > 0 || namedRoles(policy).has(name)) return [];
  return [
    {
      path: ["roles", name],
      message: `The role \`${name}\` has no scopes, and no rule names it: it does nothing.`,
    },
  ];
}

/** Every role that a rule, a review or a fallback names. */
function namedRoles(policy: Policy): ReadonlySet<string> {
  const asking = [...policy.approvals, ...(policy.protected ?? [])];
  return new Set([
    ...asking.flatMap(({ approvers = [], stages = [], escalate }) => [
      ...approvers,
      ...stages.flatMap((stage) => stage.approvers ?? []),
      ...(escalate?.to ?? []),
    ]),
    ...(policy.break_glass?.review.by ?? []),
    ...(policy.break_glass?.review.escalate ?? []),
    ...(policy.deny ?? []).flatMap(({ who }) => who?.roles ?? []),
    ...Object.values(policy.on_call ?? {}).flatMap(({ fallback }) =>
      fallback === undefined ? [] : [fallback],
    ),
  ]);
}

/** Powers that a policy speaks of and that nobody holds. */
function holderWarnings(policy: Policy): FaultAtPath[] {
  const nobody = (scope: string) =>
    rolesWith(policy, scope).every((role) => namesNobody(policy.roles[role]?.members ?? {}));
  const warnings: FaultAtPath[] = [];
  if (nobody(LOCKOUT_SCOPE))
    warnings.push({
      path: ["roles"],
      atKey: true,
      message: `Nobody holds \`${LOCKOUT_SCOPE}\`: nobody can lock out a stolen account.`,
    });
  if (policy.break_glass !== undefined && nobody(BREAK_GLASS_SCOPE))
    warnings.push({
      path: ["break_glass"],
      atKey: true,
      message: `Nobody holds \`${BREAK_GLASS_SCOPE}\`: nobody can use break-glass.`,
    });
  const withGlass = rolesWith(policy, BREAK_GLASS_SCOPE);
  const [only] = withGlass;
  if (policy.break_glass === undefined && only !== undefined)
    warnings.push({
      path: ["roles", only, "scopes"],
      message: `\`${BREAK_GLASS_SCOPE}\` is granted, but the policy has no \`break_glass\`: it cannot be used.`,
    });
  return warnings;
}

/** What is defined and used nowhere: nearly always a reference that was forgotten. */
function unusedWarnings(policy: Policy): FaultAtPath[] {
  const clocks = [...policy.approvals, ...(policy.protected ?? [])].map(({ clock }) => clock);
  const calendars = new Set([...clocks, ...(policy.windows ?? []).map(({ during }) => during)]);
  const schedules = new Set(Object.values(policy.roles).flatMap(({ members }) => members.on_call ?? []));
  return [
    ...Object.keys(policy.calendars ?? {})
      .filter((name) => !calendars.has(name))
      .map((name) => ({
        path: ["calendars", name],
        atKey: true,
        message: `No rule uses the calendar \`${name}\`.`,
      })),
    ...Object.keys(policy.on_call ?? {})
      .filter((name) => !schedules.has(name))
      .map((name) => ({
        path: ["on_call", name],
        atKey: true,
        message: `No role uses the schedule \`${name}\`.`,
      })),
  ];
}
