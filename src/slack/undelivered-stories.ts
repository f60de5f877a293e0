import { STORY_LOCK_SPACE } from "../database/advisory-locks.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";

/**
 * Requests whose story is not told to the end, those that wait longest first.
 * @param except those that are tried again later: however many they are, they hide no others
 */
export async function undeliveredStories(
  database: Database,
  except: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await database.query<{ request_id: string }>(
    "select request_id from deadbolt.story where told < wanted and request_id <> all($1) order by wanted limit 100",
    [except],
  );
  return rows.map((row) => row.request_id);
}

/**
 * Delivers what is not told yet of one request, and marks it as told when that has resolved. One instance does it at a
 * time; where there is nothing left to tell, nothing is done.
 */
export async function deliverStory(
  database: Database,
  requestId: string,
  deliver: (client: DatabaseClient) => Promise<void>,
): Promise<void> {
  await database.withSessionLock([STORY_LOCK_SPACE, hash(requestId)], async (locked) => {
    const { rows } = await locked.query<{ wanted: number }>(
      "select wanted from deadbolt.story where request_id = $1 and told < wanted",
      [requestId],
    );
    const wanted = rows[0]?.wanted;
    if (wanted === undefined) return;
    await deliver(locked);
    await locked.query("update deadbolt.story set told = greatest(told, $2) where request_id = $1", [
      requestId,
      wanted,
    ]);
  });
}

/** A stable 32-bit number for an advisory lock (FNV-1a). */
function hash(text: string): number {
  let value = 0x81_1c_9d_c5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  return value | 0;
}
