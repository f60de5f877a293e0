import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { EXECUTOR_LOCK_SPACE } from "../../database/advisory-locks.ts";
import type { Database } from "../../database/connect.ts";
import { INSTANCE_ID } from "../../database/instance.ts";
import { withRetries } from "./retry-database.ts";

/** The lock that shows others that this instance is alive: when it dies, Postgres frees the lock at once. */
export interface AliveLock {
  /** The name of this instance, which the engine notes with each of its runs. */
  executorId: string;
  /**
   * Whether the lock is this instance's, and the runs of this request as well; waits while the lock is taken again after
   * it was lost. False once it was released.
   */
  isHeld(requestId: string): Promise<boolean>;
  /** Whether another instance has gone on with any of these runs, by the runs' names. */
  isTakenOver(runs: readonly string[]): Promise<boolean>;
  /** Calls `listen` whenever the lock is this instance's again after it was lost. */
  onHeldAgain(listen: () => void): void;
  release(): Promise<void>;
}

interface AliveLockOptions {
  databaseUrl: string;
  database: Pick<Database, "query">;
  /** It was lost, with its connection or by silence; it is taken again. */
  onInterrupted: (error: Error) => void;
  /** How long it stays with an instance that says nothing; for tests that cannot wait. */
  silentMilliseconds?: number;
}

/**
 * How long, in milliseconds, the lock stays with an instance that says nothing: one that was frozen does not end its
 * connection, and nobody could take its runs over.
 */
const SILENT_MILLISECONDS = 30_000;
/** How many signs of life are sent in that time. */
const SIGNS = 6;
const FIRST_PAUSE_MILLISECONDS = 100;
const LONGEST_PAUSE_MILLISECONDS = 2_000;

/** One connection that holds the lock. */
interface Held {
  pid: number;
  /** Ends the connection; `reason` is why it is of no use any more, where it was lost. */
  end(reason?: Error): Promise<void>;
}

/** Connects and locks; waits where another instance is just taking over what this one ran. */
async function take(
  databaseUrl: string,
  silentMilliseconds: number,
  lost: (error: Error) => void,
): Promise<Held> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  let sign: NodeJS.Timeout | undefined;
  const loseOnce = (error: Error) => {
    if (sign === undefined) return;
    clearInterval(sign);
    sign = undefined;
    lost(error);
  };
  client.on("error", loseOnce);
  client.on("end", () => loseOnce(new Error("The connection that holds this instance's lock has ended.")));
  const end = async (reason?: Error) => {
    if (reason === undefined) clearInterval(sign);
    else loseOnce(reason);
    sign = undefined;
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      "select pg_backend_pid() as pid, pg_advisory_lock($1, hashtext($2))",
      [EXECUTOR_LOCK_SPACE, INSTANCE_ID],
    );
    await client.query(`set idle_session_timeout = ${silentMilliseconds}`);
    sign = setInterval(() => {
      // What fails ends the connection, which is met there.
      client.query("select").catch(() => undefined);
    }, silentMilliseconds / SIGNS);
    sign.unref();
    return { pid: rows[0]?.pid ?? 0, end };
  } catch (error) {
    void end();
    throw error;
  }
}

/**
 * Takes the lock of a new instance, on a connection of its own, and again whenever it is lost: Postgres may restart while
 * runs are in flight. Whether another instance has taken a run over meanwhile is asked with `isHeld`.
 * @throws when the database cannot be reached
 */
export async function holdAliveLock(options: AliveLockOptions): Promise<AliveLock> {
  const { databaseUrl, database, silentMilliseconds = SILENT_MILLISECONDS } = options;
  let isReleased = false;
  const listeners: (() => void)[] = [];
  let held: Promise<Held | undefined>;
  const takeOnce = () => take(databaseUrl, silentMilliseconds, lost);

  function lost(error: Error): void {
    if (isReleased) return;
    options.onInterrupted(error);
    held = takeAgain();
  }

  async function takeAgain(): Promise<Held | undefined> {
    for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)) {
      const again = await takeOnce().catch(() => undefined);
      if (again !== undefined) for (const listen of listeners) listen();
      if (again !== undefined || isReleased) return again;
      await sleep(pause, undefined, { ref: false });
    }
  }

  held = Promise.resolve(await takeOnce());
  return {
    executorId: INSTANCE_ID,
    async isHeld(requestId) {
      for (;;) {
        const mine = await held;
        if (isReleased || mine === undefined) return false;
        // Asked on another connection: that one may be gone without this process knowing yet.
        const { rows } = await database.query<{ held: boolean; taken: boolean }>(
          `select
             exists (select from pg_locks where locktype = 'advisory' and granted and pid = $1 and classid = $2::oid) as held,
             exists (select from dbos.workflow_status
                     where status in ('PENDING', 'ENQUEUED') and (executor_id is distinct from $3 or status = 'ENQUEUED')
                       and (workflow_uuid = $4 or starts_with(workflow_uuid, $4 || ':'))) as taken`,
          [mine.pid, EXECUTOR_LOCK_SPACE, INSTANCE_ID, requestId],
        );
        if (rows[0]?.taken !== false) return false;
        if (rows[0].held) return true;
        await mine.end(new Error("Postgres has freed this instance's lock."));
      }
    },
    onHeldAgain: (listen) => void listeners.push(listen),
    async isTakenOver(runs) {
      // Whoever took them over has ended connections of the pool, which only shows when they are used.
      const { rowCount } = await withRetries.step("taken over", () =>
        database.query(
          "select from dbos.workflow_status where workflow_uuid = any($1) and (executor_id is distinct from $2 or status = 'ENQUEUED')",
          [[...runs], INSTANCE_ID],
        ),
      );
      return rowCount > 0;
    },
    release: async () => {
      isReleased = true;
      await (await held)?.end();
    },
  };
}
