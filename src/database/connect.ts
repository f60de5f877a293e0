import { AsyncLocalStorage } from "node:async_hooks";
import { Pool, types, type CustomTypesConfig, type PoolClient } from "pg";
import type { Logger } from "pino";
import { commit, takeLastStatements } from "./at-commit.ts";
import { connectionsOf, INSTANCE_ID } from "./instance.ts";

/** Anything SQL can be sent to: the database itself, or one connection inside a transaction. */
export interface DatabaseClient {
  /**
   * Runs one statement. Values are always passed beside the text, never inside it. A JSON column takes an object as
   * it is, but an array as `JSON.stringify(array)`: the driver would make a Postgres array of it.
   * @throws DatabaseError of `pg` with the server's SQLSTATE in `code`
   */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- only the caller knows what it selected
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number }>;
}

export interface Database extends DatabaseClient {
  /**
   * Runs `work` in one transaction: commits when it resolves, with what was left for its commit (`at-commit.ts`); rolls
   * back and throws again when it rejects. All that it asks goes through its client.
   * @throws Error when the work asks the database itself: many at once would hold all connections and wait for one more
   */
  transaction<Result>(work: (client: DatabaseClient) => Promise<Result>): Promise<Result>;
  /**
   * Runs `work` on one connection that holds the advisory lock `key`, waiting for it as long as it takes.
   * The lock ends with the work, or with the connection.
   */
  withSessionLock<Result>(
    key: readonly [number, number],
    work: (client: DatabaseClient) => Promise<Result>,
  ): Promise<Result>;
  /** Opens the connections that stay open. */
  warmUp(): Promise<void>;
  /** Waits for connections in use, then closes all. Safe to call twice. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Connections at most; 10 by default. */
  poolSize?: number;
  /** Connections that stay open when nothing needs them: opening one takes longer than what seconds count for. */
  idleConnections?: number;
  /** Milliseconds until a statement is cancelled; 30,000 by default. */
  statementTimeout?: number;
  /** Milliseconds until waiting for a connection fails; 10,000 by default. */
  connectionTimeout?: number;
  log: Logger;
}

/** `bigint` columns hold our counters: a number is right, and one too great for a number must not be rounded. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too great to be read as a number.`);
  return value;
}

const BIGINT = types.builtins.INT8;

const typeParsers: CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === BIGINT && format !== "binary" ? parseBigint : types.getTypeParser(type, format),
};

function wrap(queryable: Pool | PoolClient): DatabaseClient {
  return {
    async query(text, values = []) {
      const { rows, rowCount } = await queryable.query(text, [...values]);
      return { rows: rows as never[], rowCount: rowCount ?? 0 };
    },
  };
}

/**
 * A client that does nothing in a transaction for this long is frozen or cut off, and others wait for its rows. Nothing of ours
 * waits for anything but the database inside one.
 */
const IDLE_MILLISECONDS = 5_000;

const SECOND_CONNECTION =
  "A transaction asked beside its own client: when many do, all wait for each other. Pass its client on.";

type OnConnection<Result> = (client: PoolClient, discard: (error: Error) => void) => Promise<Result>;

/** A connection that `discard` was called for is closed afterwards: in a state unknown, it must serve nobody. */
async function onOneConnection<Result>(
  pool: Pool,
  reportLoss: (error: Error) => void,
  work: OnConnection<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const discard = (error: Error) => {
    broken ??= error;
  };
  client.on("error", discard);
  try {
    return await work(client, discard);
  } finally {
    client.off("error", discard);
    if (broken) reportLoss(broken);
    client.release(broken);
  }
}

async function commitOrRollBack<Result>(
  connection: PoolClient,
  discard: (error: Error) => void,
  work: (client: DatabaseClient) => Promise<Result>,
): Promise<Result> {
  const client = wrap(connection);
  takeLastStatements(client);
  await connection.query("begin");
  try {
    const result = await work(client);
    await commit(client, (text) => connection.query(text));
    return result;
  } catch (error) {
    await connection.query("rollback").catch(discard);
    throw error;
  }
}

/**
 * A pool of connections to one Postgres. `timestamptz` is read as Date, `bigint` as number. Connecting happens at the
 * first statement. A connection that breaks while idle is logged and replaced.
 * @param url `postgresql://user:password@host:port/database`
 */
export function connectDatabase(url: string, options: ConnectOptions): Database {
  const statementTimeout = options.statementTimeout ?? 30_000;
  const pool = new Pool({
    connectionString: url,
    application_name: connectionsOf(INSTANCE_ID),
    max: options.poolSize ?? 10,
    min: options.idleConnections ?? 0,
    connectionTimeoutMillis: options.connectionTimeout ?? 10_000,
    keepAlive: true,
    // Not among what a connection starts with: poolers refuse a start that names them.
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, whatever its types say
    onConnect: async (client) => {
      await client.query(
        `set statement_timeout = ${statementTimeout}; set idle_in_transaction_session_timeout = ${IDLE_MILLISECONDS}`,
      );
    },
    types: typeParsers,
  });
  const reportLoss = (error: Error) => options.log.warn({ err: error }, "A database connection was lost.");
  // Idle ones speak through the pool; one in use speaks only for itself, and unheard that would end the process.
  pool.on("error", reportLoss);
  pool.on("connect", (client) => client.on("error", () => undefined));

  const onConnection = <Result>(work: OnConnection<Result>) => onOneConnection(pool, reportLoss, work);

  /** The transaction in whose work something is asked; over once it has ended, whatever still runs on from it. */
  const within = new AsyncLocalStorage<{ isOpen: boolean }>();
  function expectOutside(): void {
    if (within.getStore()?.isOpen === true) throw new Error(SECOND_CONNECTION);
  }

  const anyConnection = wrap(pool);
  let closing: Promise<void> | undefined;
  return {
    async query(text, values) {
      expectOutside();
      return anyConnection.query(text, values);
    },
    async transaction(work) {
      expectOutside();
      const open = { isOpen: true };
      const marked = (client: DatabaseClient) =>
        within
          .run(open, () => work(client))
          .finally(() => {
            open.isOpen = false;
          });
      return onConnection((client, discard) => commitOrRollBack(client, discard, marked));
    },
    withSessionLock: (key, work) =>
      onConnection(async (client, discard) => {
        try {
          await client.query("set statement_timeout = 0");
          await client.query("select pg_advisory_lock($1, $2)", [...key]);
          return await work(wrap(client));
        } finally {
          await client.query("select pg_advisory_unlock($1, $2)", [...key]).catch(discard);
          await client.query(`set statement_timeout = ${statementTimeout}`).catch(discard);
        }
      }),
    async warmUp() {
      const opened = await Promise.allSettled(
        Array.from({ length: options.idleConnections ?? 0 }, () => pool.connect()),
      );
      for (const one of opened) if (one.status === "fulfilled") one.value.release();
      const failed = opened.find((one) => one.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    },
    close: () => (closing ??= pool.end()),
  };
}
