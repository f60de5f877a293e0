import pg from "pg";
import { EXECUTOR_LOCK_SPACE } from "../../database/advisory-locks.ts";
import type { Database } from "../../database/connect.ts";
import { connectionsOf, INSTANCE_ID } from "../../database/instance.ts";

/** The lock that shows others that this instance is alive: when it dies, Postgres frees the lock at once. */
export interface AliveLock {
  /** The name of this instance, which the engine notes with each of its runs. */
  executorId: string;
  /** Whether the lock is still this instance's; false as well where the database says nothing of it. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/**
 * How long, in milliseconds, the lock stays with an instance that says nothing: one that was frozen does not end its
 * connection, and nobody could take its runs over.
 */
const SILENT_MILLISECONDS = 30_000;
/** So many signs of life are sent in that time. */
const SIGNS = 6;

/** Takes the lock of a new instance, on a connection of its own. @throws when the database cannot be reached */
export async function holdAliveLock({
  databaseUrl,
  database,
  onLost,
  silentMilliseconds = SILENT_MILLISECONDS,
}: {
  databaseUrl: string;
  database: Pick<Database, "query">;
  /** Others may take this instance's runs over, so it must stop. */
  onLost: (error: Error) => void;
  silentMilliseconds?: number;
}): Promise<AliveLock> {
  const executorId = INSTANCE_ID;
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
  let released = false;
  client.on("error", (error) => {
    if (!released) onLost(error);
  });
  client.on("end", () => {
    if (!released) onLost(new Error("The connection that holds this instance's lock has ended."));
  });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>(
    "select pg_backend_pid() as pid, pg_advisory_lock($1, hashtext($2))",
    [EXECUTOR_LOCK_SPACE, executorId],
  );
  const pid = rows[0]?.pid;
  await client.query(`set idle_session_timeout = ${silentMilliseconds}`);
  const sign = setInterval(() => {
    // What fails ends the connection, which is met there.
    client.query("select").catch(() => undefined);
  }, silentMilliseconds / SIGNS);
  sign.unref();
  return {
    executorId,
    async isHeld() {
      // Asked on another connection: this one may be gone without this process knowing yet.
      const { rowCount } = await database.query(
        "select from pg_locks where locktype = 'advisory' and granted and pid = $1 and classid = $2::oid",
        [pid, EXECUTOR_LOCK_SPACE],
      );
      return (rowCount ?? 0) > 0;
    },
    release: async () => {
      released = true;
      clearInterval(sign);
      await client.end();
    },
  };
}

/**
 * Takes over what instances that are gone left running: all whose lock is free.
 * @param recover resumes the runs of one of them
 */
export async function takeOverFromDead(
  database: Database,
  executorId: string,
  recover: (deadId: string) => Promise<void>,
): Promise<void> {
  const { rows } = await database.query<{ executor_id: string }>(
    "select distinct executor_id from dbos.workflow_status where status = 'PENDING' and executor_id <> $1",
    [executorId],
  );
  for (const row of rows)
    await database.transaction(async (client) => {
      // The lock is held while another connection resumes the runs, and nobody else waits for it.
      await client.query("set local idle_in_transaction_session_timeout = '60s'");
      const lock = await client.query<{ free: boolean }>(
        "select pg_try_advisory_xact_lock($1, hashtext($2)) as free",
        [EXECUTOR_LOCK_SPACE, row.executor_id],
      );
      if (lock.rows[0]?.free !== true) return;
      // One that is frozen goes on holding what its other connections have locked, such as the Slack updates of a request.
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and usename = current_user",
        [connectionsOf(row.executor_id)],
      );
      await recover(row.executor_id);
    });
}
