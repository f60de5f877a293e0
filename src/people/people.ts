import type { Database } from "../database/connect.ts";
import { targetGroups } from "../permission/decide/asked-target.ts";
import type { GroupAnswers } from "../permission/decide/group-answers.ts";
import type { Policy } from "../permission/schema.ts";
import type { Standing } from "../permission/decide/roles.ts";
import { addressesOf, rememberAddress } from "../request/address-store.ts";
import { isSuspended } from "../request/suspension-store.ts";
import type { Directory, SlackPerson } from "../slack/directory.ts";
import { alikeProtected, type Unknown } from "./alike-protected.ts";
import { candidatesOf } from "./likely-approvers.ts";
import { limitRoleless } from "./limit-roleless.ts";
import { identify, beginMemberships, membershipsOf, type BeyondSlack } from "./identify.ts";

export interface PeopleParts {
  directory: Directory;
  database: Database;
  onCall: BeyondSlack["onCall"];
  policy: () => Policy;
  teamId: string;
  /** Where names are looked up that may be a minute old; `directory` by default. */
  names?: Directory;
  now?: () => Date;
}

/** What is asked about people, of everyone who knows something: Slack, the schedules, and our own requests. */
export interface People {
  /**
   * Who someone is and which roles they hold now.
   * @throws DirectoryError when Slack cannot be asked
   */
  standing(personId: string, roleNames?: readonly string[]): Promise<Standing>;
  /** Whether one of these accounts of one person is in each user group that the policy names for targets. */
  targetGroups(slackIds: readonly string[]): Promise<GroupAnswers>;
  /**
   * Slack ids of those whom the policy protects and who may be someone whom Slack does not know.
   * @throws DirectoryError when Slack cannot be asked
   */
  alikeProtected(person: Unknown): Promise<string[]>;
  /**
   * Slack ids of those who may hold one of these roles, but for owners and administrators of the workspace.
   * @throws DirectoryError when Slack cannot be asked
   */
  roleMembers(roleNames: readonly string[]): Promise<string[]>;
  /** Asks who is in each of them, while it is still being found out who the target is. */
  beginTargetGroups(): (slackIds: readonly string[]) => Promise<GroupAnswers>;
}

export function createPeople({
  directory,
  database,
  onCall,
  policy,
  teamId,
  names = directory,
  now = () => new Date(),
}: PeopleParts): People {
  /** As Slack showed them last. */
  const lastShown = new Map<string, SlackPerson>();

  async function askPerson(personId: string): Promise<SlackPerson | undefined> {
    const person = await directory.person(personId);
    if (person === undefined) lastShown.delete(personId);
    else lastShown.set(personId, person);
    return person;
  }

  async function standingBy(
    person: Directory["person"],
    personId: string,
    roleNames?: readonly string[],
  ): Promise<Standing> {
    const at = now();
    const known = addressesOf(database, personId, at);
    const beyond: BeyondSlack = {
      onCall,
      isLockedOut: (names) => isSuspended(database, names),
      formerEmails: async () => (await known).map(({ email }) => email),
    };
    const found = await identify(
      { directory: { ...directory, person }, beyond, policy: policy(), homeTeamId: teamId },
      personId,
      roleNames,
    );
    const { id, email } = found.facts;
    if (email !== undefined) await rememberAddress(database, { slackId: id, email, at }, await known);
    return found;
  }

  const standing = limitRoleless(
    (id, roles) => standingBy(askPerson, id, roles),
    (id, roles) => standingBy(async () => lastShown.get(id) ?? askPerson(id), id, roles),
    () => now().getTime(),
  );

  return {
    standing,
    alikeProtected: (person) =>
      alikeProtected({ directory, names, database, policy: policy(), now: now() }, person),
    targetGroups: (slackIds) => membershipsOf(directory, targetGroups(policy()), slackIds),
    roleMembers: async (roles) =>
      (await candidatesOf({ policy: policy(), directory, onCall }, { roles, people: [] })).ids,
    beginTargetGroups: () => beginMemberships(directory, targetGroups(policy())),
  };
}
