import type { Members, Policy } from "./schema.ts";

/** What Slack says about one person now. */
export interface PersonFacts {
  id: string;
  /** The workspace that the account belongs to. */
  teamId: string;
  email?: string;
  isBot: boolean;
  /** A guest of several channels. */
  isRestricted: boolean;
  /** A guest of one channel. */
  isUltraRestricted: boolean;
  /** From another organisation (Slack Connect). */
  isStranger: boolean;
  deleted: boolean;
  isOwner: boolean;
  isAdmin: boolean;
  /** Whether they are in each user group that was looked up, by its id. An id that is absent was not looked up. */
  groups: Readonly<Record<string, boolean>>;
}

/** A role, and what gives it: `user group S0IT`, `named in the policy`, `workspace owner`. */
interface HeldRole {
  role: string;
  through: string;
}

/** A person with the roles they hold; `barred` says why they can hold none. */
export interface Standing {
  facts: PersonFacts;
  roles: HeldRole[];
  barred?: string;
}

/** A role depends on a user group that nobody looked up. Never taken for "not a member". */
class MissingGroupFactError extends Error {
  override readonly name = "MissingGroupFactError";

  constructor(personId: string, groupId: string) {
    super(
      `Whether ${personId} is in the user group ${groupId} was not looked up, so their roles are not known.`,
    );
  }
}

/**
 * The roles a person holds. Guests, bots, deactivated people and people of other workspaces hold none, whatever
 * the policy says.
 * @param homeTeamId our own workspace
 * @param roleNames only these roles are looked at; all of them without it
 * @throws MissingGroupFactError when a user group that matters was not looked up
 */
export function standingOf(
  policy: Policy,
  facts: PersonFacts,
  homeTeamId: string,
  roleNames: readonly string[] = Object.keys(policy.roles),
): Standing {
  const barred = whyBarred(facts, homeTeamId);
  if (barred !== undefined) return { facts, roles: [], barred };
  const roles = roleNames.flatMap((name) => {
    const members = Object.hasOwn(policy.roles, name) ? policy.roles[name]?.members : undefined;
    const through = members ? waysIn(members, facts) : [];
    return through.length === 0 ? [] : [{ role: name, through: through.join(" and ") }];
  });
  return { facts, roles };
}

/** The user groups that must be looked up to know who holds these roles; all roles without names. */
export function groupsNeeded(
  policy: Policy,
  roleNames: readonly string[] = Object.keys(policy.roles),
): string[] {
  const groups = roleNames.flatMap((name) =>
    Object.hasOwn(policy.roles, name) ? (policy.roles[name]?.members.usergroups ?? []) : [],
  );
  return [...new Set(groups)];
}

/** The user groups that must be looked up to know whether somebody is protected. */
export function protectedGroups(policy: Policy): string[] {
  return [...new Set((policy.protected ?? []).flatMap((entry) => entry.members.usergroups ?? []))];
}

/**
 * Every way in which a person is one of these members; none for members that name nobody.
 * @throws MissingGroupFactError when one of the user groups was not looked up
 */
export function waysIn(
  members: Members,
  facts: Pick<PersonFacts, "id" | "groups"> & Partial<PersonFacts>,
): string[] {
  const ways: string[] = [];
  for (const group of members.usergroups ?? []) {
    if (!Object.hasOwn(facts.groups, group)) throw new MissingGroupFactError(facts.id, group);
    if (facts.groups[group] === true) ways.push(`user group ${group}`);
  }
  if (members.users?.includes(facts.id)) ways.push("named in the policy");
  for (const rank of members.workspace ?? [])
    if ((rank === "owner" && facts.isOwner === true) || (rank === "admin" && facts.isAdmin === true))
      ways.push(`workspace ${rank}`);
  return ways;
}

function whyBarred(facts: PersonFacts, homeTeamId: string): string | undefined {
  if (facts.deleted) return "The account is deactivated; deactivated people hold no role.";
  if (facts.isBot || facts.id === "USLACKBOT") return "This is a bot; bots hold no role.";
  if (facts.isStranger || facts.teamId !== homeTeamId)
    return "The account belongs to another workspace; people from outside hold no role.";
  if (facts.isRestricted || facts.isUltraRestricted) return "The account is a guest; guests hold no role.";
  return undefined;
}
