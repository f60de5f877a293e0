import { isTimeZone } from "../permission/calendar/calendar.ts";
import { deniedGroups } from "../permission/decide/denials.ts";
import { barredNames, namesOfPerson } from "../permission/decide/identities.ts";
import {
  groupsNeeded,
  schedulesNeeded,
  standingOf,
  type PersonFacts,
  type Standing,
} from "../permission/decide/roles.ts";
import type { Policy } from "../permission/schema.ts";
import { DirectoryError, type Directory } from "../slack/directory.ts";

/** What is asked besides Slack, about somebody under every name by which they are known (in lower case). */
export interface BeyondSlack {
  /**
   * E-mail addresses (in lower case) of whoever is on call in each of these schedules, by the policy's names for them;
   * `unknown` where its provider cannot be asked.
   */
  onCall(schedules: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string> | "unknown">>;
  /** Addresses that a Slack account had before, as far as they were seen. */
  formerEmails?(personId: string): Promise<readonly string[]>;
  /** Whether an approved request takes this person's own access away. */
  isLockedOut(names: readonly string[]): Promise<boolean>;
}

export interface Identifying {
  directory: Directory;
  beyond: BeyondSlack;
  policy: Policy;
  /** Our own workspace. */
  homeTeamId: string;
}

type Memberships = ReadonlyMap<string, ReadonlySet<string>>;

function groupFacts(memberships: Memberships, personIds: readonly string[]): Record<string, boolean> {
  return Object.fromEntries(
    [...memberships].map(([id, members]) => [id, personIds.some((personId) => members.has(personId))]),
  );
}

/**
 * Who is asking and which roles they hold at this moment.
 * @param roleNames only these roles are looked up; without it all, and the user groups that the deny rules name
 * @throws DirectoryError when Slack cannot be asked: then the answer is no
 */
export async function identify(
  { directory, beyond, policy, homeTeamId }: Identifying,
  personId: string,
  roleNames?: readonly string[],
): Promise<Standing> {
  const groups = groupsNeeded(policy, roleNames);
  const wanted = roleNames === undefined ? [...new Set([...groups, ...deniedGroups(policy)])] : groups;
  const [person, memberships, schedules, former = []] = await Promise.all([
    directory.person(personId),
    directory.groupMembers(wanted),
    beyond.onCall(schedulesNeeded(policy, roleNames)),
    beyond.formerEmails?.(personId),
  ]);
  if (person === undefined) throw new DirectoryError("users.info", "nobody with the id of who is asking");
  const names = namesOfPerson(policy, [person.id, person.email]);
  const formerEmails = former.filter((one) => one !== person.email?.toLowerCase());
  const barred = barredNames(policy, [person.id, person.email, ...formerEmails]);
  const facts: PersonFacts = {
    id: person.id,
    // On Enterprise Grid the account may be of another workspace of ours; the directory knows who belongs here.
    teamId: person.isExternal ? person.teamId : homeTeamId,
    ...(person.email === undefined ? {} : { email: person.email }),
    ...(person.timeZone === undefined || !isTimeZone(person.timeZone) ? {} : { timeZone: person.timeZone }),
    ...(formerEmails.length === 0 ? {} : { formerEmails }),
    isBot: person.isBot,
    isRestricted: person.isRestricted,
    isUltraRestricted: person.isUltraRestricted,
    isStranger: person.isExternal,
    deleted: person.deleted,
    isOwner: person.isOwner,
    isAdmin: person.isAdmin,
    isLockedOut: await beyond.isLockedOut(barred),
    groups: groupFacts(memberships, [person.id]),
    onCall: Object.fromEntries(
      [...schedules].map(([schedule, emails]) => [
        schedule,
        emails === "unknown" ? emails : names.some((name) => emails.has(name)),
      ]),
    ),
  };
  return standingOf(policy, facts, homeTeamId, roleNames);
}

/**
 * Whether one of these accounts, which belong to one person, is in each of these user groups.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function membershipsOf(
  directory: Directory,
  groups: readonly string[],
  slackIds: readonly string[],
): Promise<Record<string, boolean>> {
  return groupFacts(await directory.groupMembers(groups), slackIds);
}

/**
 * The same in two parts: the question is asked at once, and answered for whoever it turns out to be about.
 * @throws DirectoryError, from the second part, when Slack cannot be asked
 */
export function beginMemberships(
  directory: Directory,
  groups: readonly string[],
): (slackIds: readonly string[]) => Promise<Record<string, boolean>> {
  const asked = directory.groupMembers(groups);
  // Met where it is needed; somebody without a Slack account is in no group.
  asked.catch(() => undefined);
  return async (slackIds) => groupFacts(await asked, slackIds);
}

/**
 * Every id and e-mail that Slack knows of somebody who was chosen or typed, and what was typed.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function namesOf(
  directory: Directory,
  { slackId, email }: { slackId?: string; email?: string },
): Promise<string[]> {
  const [byId, byEmail] = await Promise.all([
    slackId === undefined ? undefined : directory.person(slackId),
    email === undefined ? undefined : directory.personByEmail(email),
  ]);
  const names = [slackId, email, byId?.email, byEmail?.id].filter((name) => name !== undefined);
  return [...new Set(names)];
}
