import type { Database } from "../database/connect.ts";
import { targetGroups } from "../permission/decide/asked-target.ts";
import type { Policy } from "../permission/schema.ts";
import type { Standing } from "../permission/decide/roles.ts";
import { isSuspended } from "../request/suspension-store.ts";
import type { Directory } from "../slack/directory.ts";
import { identify, beginMemberships, membershipsOf, type BeyondSlack } from "./identify.ts";

export interface PeopleParts {
  directory: Directory;
  database: Database;
  onCall: BeyondSlack["onCall"];
  policy: () => Policy;
  teamId: string;
}

/** What is asked about people, of everybody who knows something: Slack, the schedules, and our own requests. */
export interface People {
  /**
   * Who somebody is and which roles they hold now.
   * @throws DirectoryError when Slack cannot be asked
   */
  standing(personId: string, roleNames?: readonly string[]): Promise<Standing>;
  /**
   * Whether one of these accounts of one person is in each user group that the policy names for targets.
   * @throws DirectoryError when Slack cannot be asked
   */
  targetGroups(slackIds: readonly string[]): Promise<Record<string, boolean>>;
  /** Asks who is in each of them, while it is still being found out who the target is. */
  beginTargetGroups(): (slackIds: readonly string[]) => Promise<Record<string, boolean>>;
}

export function createPeople({ directory, database, onCall, policy, teamId }: PeopleParts): People {
  const beyond: BeyondSlack = { onCall, isLockedOut: (names) => isSuspended(database, names) };
  return {
    standing: (personId, roleNames) =>
      identify({ directory, beyond, policy: policy(), homeTeamId: teamId }, personId, roleNames),
    targetGroups: (slackIds) => membershipsOf(directory, targetGroups(policy()), slackIds),
    beginTargetGroups: () => beginMemberships(directory, targetGroups(policy())),
  };
}
