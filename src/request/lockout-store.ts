import type { DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";
import type { Plan } from "../plan/plan.ts";

/** A lockout that is in force, or was. */
export interface LockoutInForce {
  requestId: string;
  since: Date;
  watchedAt: Date | null;
  blindSince: Date | null;
  releasedAt: Date | null;
}

interface LockoutRow {
  request_id: string;
  since: Date;
  watched_at: Date | null;
  blind_since: Date | null;
  released_at: Date | null;
}

const COLUMNS = "request_id, since, watched_at, blind_since, released_at";

function toLockout(row: LockoutRow): LockoutInForce {
  return {
    requestId: row.request_id,
    since: row.since,
    watchedAt: row.watched_at,
    blindSince: row.blind_since,
    releasedAt: row.released_at,
  };
}

/** Writes down that a lockout has begun; the first time counts. */
export function lockoutInsert(lockout: { requestId: string; targetKey: string; since: Date }): Statement {
  return {
    text: "insert into deadbolt.lockout (request_id, target_key, since) values ($1, $2, $3) on conflict do nothing",
    values: [lockout.requestId, lockout.targetKey.toLowerCase(), lockout.since],
  };
}

export async function findLockout(
  client: DatabaseClient,
  requestId: string,
  lock: "lock" | "read" = "read",
): Promise<LockoutInForce | undefined> {
  const { rows } = await client.query<LockoutRow>(
    `select ${COLUMNS} from deadbolt.lockout where request_id = $1 ${lock === "lock" ? "for update" : ""}`,
    [requestId],
  );
  return rows[0] === undefined ? undefined : toLockout(rows[0]);
}

/** Lockouts of a person that stand, by any of their ids and e-mails, newest first. */
export async function lockoutsOf(
  client: DatabaseClient,
  names: readonly (string | undefined)[],
): Promise<LockoutInForce[]> {
  const known = names.filter((name) => name !== undefined).map((name) => name.toLowerCase());
  // A suspension has every name of the person who is locked out, those that were bound since among them.
  const { rows } = await client.query<LockoutRow>(
    `select ${COLUMNS} from deadbolt.lockout where released_at is null and (target_key = any($1::text[])
       or request_id in (select request_id from deadbolt.suspension where names && $1::text[]))
     order by since desc limit 20`,
    [known],
  );
  return rows.map((row) => toLockout(row));
}

/** Every lockout in force with the person it is about, newest first. */
export async function lockoutsInForce(
  client: DatabaseClient,
): Promise<{ requestId: string; since: Date; target: Plan["target"] }[]> {
  const { rows } = await client.query<{ request_id: string; since: Date; target: Plan["target"] }>(
    `select lockout.request_id, lockout.since, request.target
     from deadbolt.lockout join deadbolt.request on request.id = lockout.request_id
     where lockout.released_at is null order by lockout.since desc`,
  );
  return rows.map((row) => ({ requestId: row.request_id, since: row.since, target: row.target }));
}

/** Whether a lockout of this person stands that began after a request about them began to run. */
export async function isLockedOutSinceStart(
  client: DatabaseClient,
  requestId: string,
  email: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from deadbolt.lockout join deadbolt.request on request.id = $1
     where lockout.target_key = $2 and lockout.released_at is null and lockout.request_id <> request.id
       and lockout.since > coalesce(request.started_at, request.created_at) limit 1`,
    [requestId, email.toLowerCase()],
  );
  return (rowCount ?? 0) > 0;
}

/** Lockouts that are to be looked at by now. */
export async function lockoutsToWatch(
  client: DatabaseClient,
  now: Date,
  limit: number,
): Promise<LockoutInForce[]> {
  const { rows } = await client.query<LockoutRow>(
    `select ${COLUMNS} from deadbolt.lockout where released_at is null and next_watch_at <= $1
     order by next_watch_at limit $2`,
    [now, limit],
  );
  return rows.map((row) => toLockout(row));
}

/** Says when it is next looked at; with `claims` only where it is due, so that one instance looks. */
export async function setNextWatch(
  client: DatabaseClient,
  requestId: string,
  at: Date,
  claims?: Date,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update deadbolt.lockout set next_watch_at = $2
     where request_id = $1 and released_at is null and ($3::timestamptz is null or next_watch_at <= $3)`,
    [requestId, at, claims ?? null],
  );
  return rowCount === 1;
}

/** Keeps that it was looked at, or that it could not be. */
export async function markWatched(
  client: DatabaseClient,
  requestId: string,
  seen: { at: Date; isBlind: boolean },
): Promise<void> {
  await client.query(
    seen.isBlind
      ? "update deadbolt.lockout set blind_since = coalesce(blind_since, $2) where request_id = $1"
      : "update deadbolt.lockout set watched_at = $2, blind_since = null where request_id = $1",
    [requestId, seen.at],
  );
}

/** Ends every lockout of a person that began before a release was asked for; resolves to their requests. */
export async function releaseLockouts(
  client: DatabaseClient,
  released: { requestIds: readonly string[]; by: string; at: Date },
): Promise<string[]> {
  const { rows } = await client.query<{ request_id: string }>(
    `update deadbolt.lockout set released_at = $2, released_by = $3, next_watch_at = null
     where request_id = any($1) and released_at is null returning request_id`,
    [released.requestIds, released.at, released.by],
  );
  return rows.map((row) => row.request_id);
}

/** Whether a release of this lockout has begun and not ended. */
export async function isBeingReleased(client: DatabaseClient, requestId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from deadbolt.request where playbook = 'release' and state = 'running' and fields -> 'lockouts' ? $1 limit 1`,
    [requestId],
  );
  return (rowCount ?? 0) > 0;
}
