import type { Logger } from "pino";
import type { Database } from "../database/connect.ts";
import { restrictiveGroups } from "../permission/decide/unchecked.ts";
import type { Policy } from "../permission/schema.ts";
import type { Directory } from "../slack/directory.ts";
import type { GroupsAnswer } from "../slack/groups-answer.ts";

interface MemoryParts {
  database: Database;
  policy: () => Policy;
  log: Logger;
  now: () => Date;
}

/** What did not change is written again only after this, to keep its age. */
const WRITTEN_AGAIN_MILLISECONDS = 10 * 60_000;

/**
 * A directory that remembers in the database who was in the user groups that protect someone or that deny something,
 * with their age, and adds them to an answer in which Slack does not say. They never give anybody a role.
 */
export function keepLastMembers(
  directory: Directory,
  { database, policy, log, now }: MemoryParts,
): Directory {
  const written = new Map<string, { members: string; at: number }>();

  async function remember(groupId: string, users: ReadonlySet<string>): Promise<void> {
    const sorted = [...users].toSorted();
    const members = sorted.join(",");
    const at = now();
    const before = written.get(groupId);
    if (before?.members === members && at.getTime() - before.at < WRITTEN_AGAIN_MILLISECONDS) return;
    written.set(groupId, { members, at: at.getTime() });
    try {
      await database.query(
        `insert into deadbolt.known_group (group_id, members, seen_at) values ($1, $2, $3)
         on conflict (group_id) do update set members = excluded.members, seen_at = excluded.seen_at
         where known_group.seen_at <= excluded.seen_at`,
        [groupId, sorted, at],
      );
    } catch (error) {
      written.delete(groupId);
      log.warn({ group: groupId, err: error }, "the members of a user group could not be remembered");
    }
  }

  async function lastOf(groupIds: readonly string[]): Promise<[string, ReadonlySet<string>][]> {
    if (groupIds.length === 0) return [];
    const { rows } = await database.query<{ group_id: string; members: string[]; seen_at: Date }>(
      "select group_id, members, seen_at from deadbolt.known_group where group_id = any($1)",
      [groupIds],
    );
    return rows.map((row) => {
      log.warn(
        { group: row.group_id, seenAt: row.seen_at },
        "Slack does not say who is in a user group that protects somebody or denies something; its last known members are used",
      );
      return [row.group_id, new Set(row.members)];
    });
  }

  async function complete(answer: GroupsAnswer): Promise<GroupsAnswer> {
    const restrictive = new Set(restrictiveGroups(policy()));
    const silent: string[] = [];
    for (const [groupId, members] of answer.members) {
      if (!restrictive.has(groupId)) continue;
      if (typeof members !== "string") void remember(groupId, members);
      else if (!answer.last.has(groupId)) silent.push(groupId);
    }
    return { ...answer, last: new Map([...(await lastOf(silent)), ...answer.last]) };
  }

  return {
    person: (userId) => directory.person(userId),
    personByEmail: (email) => directory.personByEmail(email),
    groupMembers: async (groupIds) => complete(await directory.groupMembers(groupIds)),
  };
}
