import { setTimeout as sleep } from "node:timers/promises";
import { createSharedQuestion } from "../concurrency/shared-question.ts";
import type { SlackClients } from "./app.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createGroupMembers } from "./group-members.ts";
import { createGroupPicture } from "./group-picture.ts";
import { sharePeople } from "./share-people.ts";
import { ORDINARY, URGENT } from "./slack-patience.ts";

/** Slack's directory for the person who acts, and for lockouts, which wait longer before they say no. */
export interface Directories {
  ordinary: Directory;
  urgent: Directory;
}

/**
 * @param teamId the workspace that the app serves
 * @param seconds how old an answer about user groups may be, for lockouts also one about a person; user groups are asked
 *   about no more often
 */
export function createDirectories(
  { interactive, background }: SlackClients,
  teamId: string | undefined,
  seconds: number,
): Directories {
  const timing = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds) };
  const team = teamId === undefined || teamId === "" ? {} : { team_id: teamId };
  const everyMilliseconds = seconds * 1_000;
  const groups = createGroupPicture({
    ...timing,
    everyMilliseconds,
    list: createSharedQuestion(async () => {
      const answer = await background.usergroups.list({
        include_users: true,
        include_disabled: true,
        ...team,
      });
      return answer.usergroups;
    }),
    members: createGroupMembers({
      ...timing,
      everyMilliseconds,
      ask: async (usergroup) => (await background.usergroups.users.list({ usergroup, ...team })).users,
    }),
  });
  const common = { ...timing, teamId, groups };
  return {
    ordinary: createDirectory({ ...common, client: interactive, patience: ORDINARY }),
    urgent: sharePeople(
      createDirectory({ ...common, client: background, patience: { ...URGENT, isUrgent: true } }),
      everyMilliseconds,
      timing.now,
    ),
  };
}
