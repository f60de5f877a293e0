import type { DatabaseClient } from "../database/connect.ts";

/** Where the first message of each of these requests is in Slack; those that are not posted yet are left out. */
export async function rootPlaces(
  client: DatabaseClient,
  requestIds: readonly string[],
): Promise<Map<string, { channel: string; ts: string; threadTs?: string }>> {
  const { rows } = await client.query<{
    request_id: string;
    channel: string;
    ts: string;
    thread_ts: string | null;
  }>(
    `select request_id, channel, ts, thread_ts from deadbolt.message
     where request_id = any($1) and id = request_id || ':root' and state = 'posted'`,
    [requestIds],
  );
  return new Map(
    rows.map((row) => [
      row.request_id,
      { channel: row.channel, ts: row.ts, threadTs: row.thread_ts ?? undefined },
    ]),
  );
}
