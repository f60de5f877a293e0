import { isTimeZone } from "../permission/calendar/calendar.ts";
import { deniedGroups } from "../permission/decide/denials.ts";
import type { GroupAnswers } from "../permission/decide/group-answers.ts";
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
import type { GroupsAnswer } from "../slack/groups-answer.ts";

/** What is asked besides Slack, about someone under every name by which they are known (in lower case). */
export interface BeyondSlack {
  /**
   * E-mail addresses (in lower case) of the person who is on call in each of these schedules, by the policy's names for them;
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

function isOneIn(members: ReadonlySet<string>, personIds: readonly string[]): boolean {
  return personIds.some((personId) => members.has(personId));
}

/** What gives a role: only what Slack says now. */
function groupFacts({ members }: GroupsAnswer, personIds: readonly string[]): GroupAnswers {
  return Object.fromEntries(
    [...members].map(([id, known]) => [id, typeof known === "string" ? known : isOneIn(known, personIds)]),
  );
}

/** What Slack said last of groups that it does not answer about now. */
function lastFacts({ last }: GroupsAnswer, personIds: readonly string[]): Record<string, boolean> {
  return Object.fromEntries([...last].map(([id, members]) => [id, isOneIn(members, personIds)]));
}

/** What protects someone: what Slack says now, and for the rest what it said last. */
function protectionFacts(answer: GroupsAnswer, personIds: readonly string[]): GroupAnswers {
  return { ...groupFacts(answer, personIds), ...lastFacts(answer, personIds) };
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
    ...(memberships.last.size === 0 ? {} : { lastKnownGroups: lastFacts(memberships, [person.id]) }),
    onCall: Object.fromEntries(
      [...schedules].map(([schedule, emails]) => [
        schedule,
        emails === "unknown" ? emails : names.some((name) => emails.has(name)),
      ]),
    ),
  };
  const standing = standingOf(policy, facts, homeTeamId, roleNames);
  const { slackError } = memberships;
  return slackError === undefined ? standing : { ...standing, slackError };
}

/** Whether one of these accounts, which belong to one person, is in each of these user groups, to protect them. */
export async function membershipsOf(
  directory: Directory,
  groups: readonly string[],
  slackIds: readonly string[],
): Promise<GroupAnswers> {
  return protectionFacts(await directory.groupMembers(groups), slackIds);
}

/** The same in two parts: the question is asked at once, and answered for whoever it turns out to be about. */
export function beginMemberships(
  directory: Directory,
  groups: readonly string[],
): (slackIds: readonly string[]) => Promise<GroupAnswers> {
  const asked = directory.groupMembers(groups);
  return async (slackIds) => protectionFacts(await asked, slackIds);
}

/**
 * Every id and e-mail that Slack knows of someone who was chosen or typed, and what was typed.
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
