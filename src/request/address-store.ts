import type { DatabaseClient } from "../database/connect.ts";

/** For so long an address that someone had may still show who they are. */
const REMEMBERED_MILLISECONDS = 90 * 24 * 60 * 60_000;
/** That an address is still theirs is written down again after so long. */
const REFRESH_MILLISECONDS = 24 * 60 * 60_000;

/** An address that Slack showed for an account, and when it last did. */
export interface SeenAddress {
  email: string;
  lastSeen: Date;
}

/** The addresses (in lower case) that a Slack account had within the last 90 days, as far as they were seen. */
export async function addressesOf(
  client: DatabaseClient,
  slackId: string,
  now: Date,
): Promise<SeenAddress[]> {
  const { rows } = await client.query<{ email: string; last_seen: Date }>(
    "select email, last_seen from deadbolt.person_address where slack_id = $1 and last_seen > $2 order by email",
    [slackId, new Date(now.getTime() - REMEMBERED_MILLISECONDS)],
  );
  return rows.map((row) => ({ email: row.email, lastSeen: row.last_seen }));
}

/** Keeps which address Slack shows for an account now; writes nothing where that is known. */
export async function rememberAddress(
  client: DatabaseClient,
  seen: { slackId: string; email: string; at: Date },
  known: readonly SeenAddress[],
): Promise<void> {
  const email = seen.email.toLowerCase();
  const before = known.find((one) => one.email === email);
  if (before !== undefined && seen.at.getTime() - before.lastSeen.getTime() < REFRESH_MILLISECONDS) return;
  await client.query(
    `insert into deadbolt.person_address (slack_id, email, first_seen, last_seen) values ($1, $2, $3, $3)
     on conflict (slack_id, email) do update set last_seen = greatest(person_address.last_seen, excluded.last_seen)`,
    [seen.slackId, email, seen.at],
  );
}

/** The Slack account that had an address (in lower case) last, within the last 90 days and as far as it was seen. */
export async function accountOf(
  client: DatabaseClient,
  email: string,
  now: Date,
): Promise<string | undefined> {
  const { rows } = await client.query<{ slack_id: string }>(
    "select slack_id from deadbolt.person_address where email = $1 and last_seen > $2 order by last_seen desc limit 1",
    [email, new Date(now.getTime() - REMEMBERED_MILLISECONDS)],
  );
  return rows[0]?.slack_id;
}
