import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import type { Logger } from "pino";
import { SESSION_LOCK } from "./advisory-locks.ts";

/** The setting by which the database is found is at fault, and waiting mends nothing. */
export class DatabaseSettingError extends Error {
  override name = "DatabaseSettingError";
}

/** What one connection is asked by. */
interface Session {
  query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

const POOLER =
  "DATABASE_URL leads through a pooler that gives every transaction another session (PgBouncer's pool_mode " +
  "transaction or statement), where Deadbolt's locks hold nothing. Connect to Postgres itself, or set pool_mode = session.";

/**
 * Proves that one connection is one session: it keeps what it set and what it locked while another one is at work.
 * @throws DatabaseSettingError when it does not
 */
export async function requireSession(mine: Session, other: Session): Promise<void> {
  const mark = randomUUID();
  try {
    await mine.query("select set_config('deadbolt.session', $1, false)", [mark]);
    await mine.query("select pg_advisory_lock_shared($1, $2)", [...SESSION_LOCK]);
    // It takes the session that a pooler would have given us next.
    await other.query("begin");
    const { rows } = await mine.query(
      `select current_setting('deadbolt.session', true) as mark,
              exists (select from pg_locks where pid = pg_backend_pid() and locktype = 'advisory' and granted
                      and classid = $1 and objid = $2) as holds`,
      [...SESSION_LOCK],
    );
    if (rows[0]?.["mark"] !== mark || rows[0]["holds"] !== true) throw new DatabaseSettingError(POOLER);
  } catch (error) {
    if (/statement pooling/.test((error as Error).message)) throw new DatabaseSettingError(POOLER);
    throw error;
  } finally {
    await other.query("rollback").catch(() => undefined);
    await mine.query("select pg_advisory_unlock_shared($1, $2)", [...SESSION_LOCK]).catch(() => undefined);
  }
}

/**
 * Connects once, and asks whether each connection is a session of its own.
 * @throws DatabaseSettingError for a pooler that gives none, and what `pg` throws where it cannot connect
 */
export async function requireSessions(url: string): Promise<void> {
  const clients = [1, 2].map(
    () =>
      new Client({
        connectionString: url,
        application_name: "deadbolt",
        connectionTimeoutMillis: 5_000,
        query_timeout: 5_000,
      }),
  );
  // What is lost is told by the statement that fails.
  for (const client of clients) client.on("error", () => undefined);
  try {
    for (const client of clients) await client.connect();
    const [mine, other] = clients;
    if (mine !== undefined && other !== undefined) await requireSession(mine, other);
  } finally {
    for (const client of clients) void client.end().catch(() => undefined);
  }
}

/** Of SQLSTATE: who we say we are is refused; there is no such database. */
const REFUSED = /^(?:28|3D)/;
const FIRST_WAIT_MILLISECONDS = 250;
const LONGEST_WAIT_MILLISECONDS = 2_000;

/**
 * Waits until the Postgres of `DATABASE_URL` answers: after a power failure it may come up later than we do.
 * @throws the reason of `signal` when that is aborted
 * @throws DatabaseSettingError when it refuses us, or when a pooler before it gives no session of our own
 */
export async function waitForDatabase(url: string, log: Logger, signal: AbortSignal): Promise<void> {
  for (let wait = FIRST_WAIT_MILLISECONDS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS))
    try {
      await requireSessions(url);
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (error instanceof DatabaseSettingError) throw error;
      if (code !== undefined && REFUSED.test(code))
        throw new DatabaseSettingError(`The database of DATABASE_URL refuses Deadbolt: ${message}.`);
      log.warn({ why: code ?? message }, "the database of DATABASE_URL does not answer; trying again");
      await sleep(wait, undefined, { signal });
    }
}
