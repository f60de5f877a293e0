import type { DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";

/** Someone whose access an approved request takes away. */
export interface Suspension {
  requestId: string;
  /** Ids and e-mails under which they are known, in lower case. */
  names: readonly string[];
  slackId?: string;
  since: Date;
}

/** Writes a suspension down; nothing changes when this request has made one before. */
export async function insertSuspension(client: DatabaseClient, suspension: Suspension): Promise<boolean> {
  const { text, values } = suspensionInsert(suspension);
  const { rowCount } = await client.query(text, values);
  return rowCount === 1;
}

/** The statement that does so. */
export function suspensionInsert({ requestId, names, slackId, since }: Suspension): Statement {
  return {
    text: `insert into deadbolt.suspension (request_id, names, slack_id, since) values ($1, $2, $3, $4)
     on conflict do nothing`,
    values: [requestId, names, slackId ?? null, since],
  };
}

/** Adds a Slack account to a suspension in force that knew none; false where there is no such suspension. */
export async function addToSuspension(
  client: DatabaseClient,
  requestId: string,
  { names, slackId }: { names: readonly string[]; slackId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update deadbolt.suspension set slack_id = $3, names = array(select distinct unnest(names || $2::text[]))
     where request_id = $1 and lifted_at is null and slack_id is null`,
    [requestId, names, slackId],
  );
  return rowCount === 1;
}

/** Whether someone is suspended under any of these names (in lower case). */
export async function isSuspended(client: DatabaseClient, names: readonly string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from deadbolt.suspension where lifted_at is null and names && $1::text[] limit 1",
    [names],
  );
  return rowCount === 1;
}

/** Lifts every suspension of someone; resolves to the requests that made them. */
export async function liftSuspensions(
  client: DatabaseClient,
  names: readonly string[],
  lift: { by: string; at: Date },
): Promise<string[]> {
  const { rows } = await client.query<{ request_id: string }>(
    `update deadbolt.suspension set lifted_at = $2, lifted_by = $3
     where lifted_at is null and names && $1::text[] returning request_id`,
    [names, lift.at, lift.by],
  );
  return rows.map((row) => row.request_id);
}

/** Lifts the suspensions that these requests made; resolves to those that had one in force. */
export async function liftSuspensionsOf(
  client: DatabaseClient,
  requestIds: readonly string[],
  lift: { by: string; at: Date },
): Promise<string[]> {
  const { rows } = await client.query<{ request_id: string }>(
    `update deadbolt.suspension set lifted_at = $2, lifted_by = $3
     where lifted_at is null and request_id = any($1) returning request_id`,
    [requestIds, lift.at, lift.by],
  );
  return rows.map((row) => row.request_id);
}
