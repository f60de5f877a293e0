import type { Members, Policy } from "../schema.ts";
import { UnansweredGroupError, type GroupAnswers } from "./group-answers.ts";

/** What Slack says about one person now. */
export interface PersonFacts {
  id: string;
  /** The workspace that the account belongs to. */
  teamId: string;
  email?: string;
  /** Addresses that this Slack account had at some time of the last 90 days. */
  formerEmails?: readonly string[];
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
  /** Whether they are in each user group that was looked up, by its id. An id that is missing was not looked up. */
  groups: GroupAnswers;
  /** Whether they were in a group when Slack last listed it: only ever to keep them from something. */
  lastKnownGroups?: Readonly<Record<string, boolean>>;
  /**
   * Whether they are on call in each schedule that was looked up, by the policy's name for it; `unknown` where its
   * provider could not be asked. A name that is absent was not looked up.
   */
  onCall: Readonly<Record<string, boolean | "unknown">>;
  /** An approved request takes their own access away. */
  isLockedOut: boolean;
  /** The IANA time zone that they have set in Slack. */
  timeZone?: string;
}

/** Someone of the workspace about whom Slack says nothing special. */
export const PLAIN_MEMBER = {
  isBot: false,
  isRestricted: false,
  isUltraRestricted: false,
  isStranger: false,
  deleted: false,
  isOwner: false,
  isAdmin: false,
  isLockedOut: false,
} as const satisfies Partial<PersonFacts>;

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
  /** User groups without an answer that could give one more of the roles that were looked at. */
  unanswered?: string[];
  /** Slack's error code, where it did not answer about user groups. */
  slackError?: string;
}

/**
 * To be called before someone is refused for want of a role.
 * @throws UnansweredGroupError where a user group that Slack could not be asked about may give them one
 */
export function requireAnswers({ unanswered = [], slackError }: Standing): void {
  if (unanswered.length > 0) throw new UnansweredGroupError(unanswered, slackError);
}

/** A role depends on a user group that nobody looked up. Never taken for "not a member". */
export class MissingGroupFactError extends Error {
  override readonly name = "MissingGroupFactError";

  constructor(personId: string, groupId: string) {
    super(
      `Whether ${personId} is in the user group ${groupId} was not looked up, so their roles are not known.`,
    );
  }
}

/** A role depends on a schedule that nobody looked up. Never taken for "not on call". */
class MissingOnCallFactError extends Error {
  override readonly name = "MissingOnCallFactError";

  constructor(personId: string, schedule: string) {
    super(`Whether ${personId} is on call in ${schedule} was not looked up, so their roles are not known.`);
  }
}

/**
 * The roles a person holds. Guests, bots, deactivated people and people of other workspaces hold none, whatever
 * the policy says.
 * @param homeTeamId our own workspace
 * @param roleNames only these roles are looked at; all of them without it
 * @throws MissingGroupFactError or MissingOnCallFactError when something that matters was not looked up
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
    const members = membersOf(policy, name);
    const through =
      members === undefined ? [] : [...waysIn(members, facts), ...waysOnCall(policy, members, facts)];
    return through.length === 0 ? [] : [{ role: name, through: through.join(" and ") }];
  });
  const others = roleNames.filter((name) => roles.every(({ role }) => role !== name));
  const unanswered = groupsNeeded(policy, others).filter((group) => facts.groups[group] === "unanswered");
  return { facts, roles, ...(unanswered.length === 0 ? {} : { unanswered }) };
}

function membersOf(policy: Policy, role: string): Members | undefined {
  return Object.hasOwn(policy.roles, role) ? policy.roles[role]?.members : undefined;
}

/** The user groups that must be looked up to know who holds these roles; all roles without names. */
export function groupsNeeded(
  policy: Policy,
  roleNames: readonly string[] = Object.keys(policy.roles),
): string[] {
  const groups = roleNames.flatMap((name) => {
    const members = membersOf(policy, name);
    const standIns = (members?.on_call ?? []).flatMap((schedule) => {
      const fallback = policy.on_call?.[schedule]?.fallback;
      return fallback === undefined ? [] : (membersOf(policy, fallback)?.usergroups ?? []);
    });
    return [...(members?.usergroups ?? []), ...standIns];
  });
  return [...new Set(groups)];
}

/** The schedules that must be looked up to know who holds these roles, by the policy's names for them. */
export function schedulesNeeded(
  policy: Policy,
  roleNames: readonly string[] = Object.keys(policy.roles),
): string[] {
  return [...new Set(roleNames.flatMap((name) => membersOf(policy, name)?.on_call ?? []))];
}

/** Every way in which a person is a member by a user group, by name, or by their rank in the workspace. */
function waysIn(members: Members, facts: PersonFacts): string[] {
  const ways: string[] = [];
  for (const group of members.usergroups ?? []) {
    if (!Object.hasOwn(facts.groups, group)) throw new MissingGroupFactError(facts.id, group);
    if (facts.groups[group] === true) ways.push(`user group ${group}`);
  }
  if (members.users?.includes(facts.id)) ways.push("named in the policy");
  for (const rank of members.workspace ?? [])
    if ((rank === "owner" && facts.isOwner) || (rank === "admin" && facts.isAdmin))
      ways.push(`workspace ${rank}`);
  return ways;
}

/** A provider that cannot be asked makes nobody on call; whoever holds the fallback role stands in. */
function waysOnCall(policy: Policy, members: Members, facts: PersonFacts): string[] {
  return (members.on_call ?? []).flatMap((schedule) => {
    if (!Object.hasOwn(facts.onCall, schedule)) throw new MissingOnCallFactError(facts.id, schedule);
    const isOnCall = facts.onCall[schedule];
    if (isOnCall === true) return [`on call in ${schedule}`];
    const fallback = policy.on_call?.[schedule]?.fallback;
    if (isOnCall !== "unknown" || fallback === undefined) return [];
    const fallbackMembers = membersOf(policy, fallback);
    const through = fallbackMembers === undefined ? [] : waysIn(fallbackMembers, facts);
    return through.length === 0
      ? []
      : [`${fallback} by ${through.join(" and ")}, as the schedule ${schedule} cannot be asked`];
  });
}

function whyBarred(facts: PersonFacts, homeTeamId: string): string | undefined {
  if (facts.deleted) return "The account is deactivated; deactivated people hold no role.";
  if (facts.isBot || facts.id === "USLACKBOT") return "This is a bot; bots hold no role.";
  if (facts.isStranger || facts.teamId !== homeTeamId)
    return "The account belongs to another workspace; people from outside hold no role.";
  if (facts.isRestricted || facts.isUltraRestricted) return "The account is a guest; guests hold no role.";
  if (facts.isLockedOut)
    return "An approved request takes this person's own access away; until that is lifted they hold no role.";
  return undefined;
}
