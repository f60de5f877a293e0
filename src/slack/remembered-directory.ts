import type { Keyv } from "keyv";
import { atMost } from "../concurrency/timeout.ts";
import type { Directory, SlackPerson } from "./directory.ts";
import { unansweredGroups, type GroupsAnswer } from "./groups-answer.ts";

const REMEMBERED_MILLISECONDS = 60_000;
/** How long the shared store may take: it must never cost the three seconds of a trigger. */
const STORE_MILLISECONDS = 250;

/**
 * A directory that remembers for a minute, to spare Slack's 20 user-group calls a minute. Only for what is shown:
 * whatever decides asks the directory itself.
 */
export function rememberDirectory(directory: Directory, store: Keyv): Directory {
  async function remembered<Answer>(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const known = await atMost(STORE_MILLISECONDS, store.get<Answer>(key));
    if (known !== undefined) return known;
    const answer = await ask();
    if (answer !== undefined)
      await atMost(STORE_MILLISECONDS, store.set(key, answer, REMEMBERED_MILLISECONDS));
    return answer;
  }
  return {
    person: (userId) =>
      remembered<SlackPerson | undefined>(`person:${userId}`, () => directory.person(userId)),
    personByEmail: (email) => directory.personByEmail(email),
    async groupMembers(groupIds) {
      if (groupIds.length === 0) return { members: new Map(), last: new Map() };
      const key = `user-groups:${groupIds.toSorted().join(",")}`;
      let silent: GroupsAnswer | undefined;
      const stored = await remembered(key, async () => {
        const answer = await directory.groupMembers(groupIds);
        if (answer.slackError !== undefined) {
          silent = answer;
          return undefined;
        }
        return {
          members: [...answer.members].map(
            ([id, users]) => [id, typeof users === "string" ? users : [...users]] as const,
          ),
          last: [...answer.last].map(([id, users]) => [id, [...users]] as const),
        };
      });
      if (stored === undefined) return silent ?? unansweredGroups(groupIds, "no_answer");
      return {
        members: new Map(
          stored.members.map(([id, users]) => [id, typeof users === "string" ? users : new Set(users)]),
        ),
        last: new Map(stored.last.map(([id, users]) => [id, new Set(users)])),
      };
    },
  };
}
