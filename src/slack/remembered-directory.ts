import type { Keyv } from "keyv";
import { atMost } from "../concurrency/timeout.ts";
import type { Directory, SlackPerson } from "./directory.ts";

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
      if (groupIds.length === 0) return new Map();
      const key = `groups:${groupIds.toSorted().join(",")}`;
      const members = await remembered(key, async () =>
        [...(await directory.groupMembers(groupIds))].map(([id, users]) => [id, [...users]] as const),
      );
      return new Map(members.map(([id, users]) => [id, new Set(users)]));
    },
  };
}
