import { speaksOf, type AskedFor } from "./asked.ts";
import { waysToBe, type AskedTarget } from "./asked-target.ts";
import type { Standing } from "./roles.ts";
import { MissingGroupFactError } from "./roles.ts";
import type { Denial, Policy } from "../schema.ts";

/** A deny rule that speaks of a request. */
export interface MatchingDenial {
  id: string;
  reason: string;
}

/**
 * Every deny rule that speaks of a request. A rule says what, who and about whom; what it does not say is any.
 * @throws MissingGroupFactError when a user group that matters was not looked up
 */
export function denialsFor(
  policy: Policy,
  requester: Standing,
  target: AskedTarget,
  asked: AskedFor,
): MatchingDenial[] {
  return (policy.deny ?? []).flatMap((denial, index) =>
    speaksOf(denial.for, asked) &&
    isWho(denial, requester) &&
    (denial.target === undefined || waysToBe(denial.target, target).length > 0)
      ? [{ id: `deny[${index}]`, reason: denial.reason }]
      : [],
  );
}

function isWho({ who }: Denial, { facts, roles }: Standing): boolean {
  if (who === undefined) return true;
  if (who.users?.includes(facts.id)) return true;
  if (roles.some(({ role }) => who.roles?.includes(role))) return true;
  return (who.usergroups ?? []).some((group) => {
    if (!Object.hasOwn(facts.groups, group)) throw new MissingGroupFactError(facts.id, group);
    return facts.groups[group] === true;
  });
}

/** The user groups that must be looked up to know which deny rules speak of a requester. */
export function deniedGroups(policy: Policy): string[] {
  return [...new Set((policy.deny ?? []).flatMap(({ who }) => who?.usergroups ?? []))];
}
