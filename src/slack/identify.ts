import {
  groupsNeeded,
  protectedGroups,
  standingOf,
  type PersonFacts,
  type Standing,
} from "../permission/roles.ts";
import type { Policy } from "../permission/schema.ts";
import { DirectoryError, type Directory } from "./directory.ts";

type Memberships = ReadonlyMap<string, ReadonlySet<string>>;

function groupFacts(memberships: Memberships, personId: string): Record<string, boolean> {
  return Object.fromEntries([...memberships].map(([id, members]) => [id, members.has(personId)]));
}

/**
 * Who is asking and which roles they hold at this moment.
 * @param roleNames only these roles are looked up; all without it
 * @throws DirectoryError when Slack cannot be asked: then the answer is no
 */
export async function identify(
  directory: Directory,
  policy: Policy,
  homeTeamId: string,
  personId: string,
  roleNames?: readonly string[],
): Promise<Standing> {
  const [person, memberships] = await Promise.all([
    directory.person(personId),
    directory.groupMembers(groupsNeeded(policy, roleNames)),
  ]);
  if (person === undefined) throw new DirectoryError("users.info", "nobody with the id of who is asking");
  const facts: PersonFacts = {
    id: person.id,
    // On Enterprise Grid the account may be of another workspace of ours; the directory knows who belongs here.
    teamId: person.isExternal ? person.teamId : homeTeamId,
    ...(person.email === undefined ? {} : { email: person.email }),
    isBot: person.isBot,
    isRestricted: person.isRestricted,
    isUltraRestricted: person.isUltraRestricted,
    isStranger: person.isExternal,
    deleted: person.deleted,
    isOwner: person.isOwner,
    isAdmin: person.isAdmin,
    groups: groupFacts(memberships, person.id),
  };
  return standingOf(policy, facts, homeTeamId, roleNames);
}

/** The target's memberships in the groups that protect people. @throws DirectoryError */
export async function protectionFacts(
  directory: Directory,
  policy: Policy,
  slackId: string,
): Promise<Pick<PersonFacts, "id" | "groups">> {
  const memberships = await directory.groupMembers(protectedGroups(policy));
  return { id: slackId, groups: groupFacts(memberships, slackId) };
}
