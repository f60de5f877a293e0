import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { Client } from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { connectDatabase } from "../../src/database/connect.ts";
import { openDatabase } from "../../src/database/open.ts";
import { requireSession } from "../../src/database/sessions.ts";

/** Nobody asks us to stop. */
const NEVER = new AbortController().signal;

const clients: Client[] = [];
function client(index: number): Client {
  const found = clients[index];
  if (found === undefined) throw new Error(`There is no client ${index}.`);
  return found;
}
beforeAll(async () => {
  for (let number = 0; number < 3; number += 1) {
    const one = new Client({ connectionString: inject("databaseUrl") });
    await one.connect();
    clients.push(one);
  }
});
afterAll(async () => {
  await Promise.all(clients.map((one) => one.end()));
});

/** As PgBouncer's transaction mode gives out sessions: the one freed last to the next client, kept within a transaction. */
function poolOfTransactions(free: Client[]) {
  return () => {
    let held: Client | undefined;
    return {
      async query(text: string, values?: unknown[]) {
        const session = held ?? free.pop();
        if (session === undefined) throw new Error("No session is free.");
        const answer = await session.query<Record<string, unknown>>(text, values);
        if (text === "begin") held = session;
        else if (text === "rollback") held = undefined;
        if (held === undefined) free.push(session);
        return answer;
      },
    };
  };
}

async function locksHeld(): Promise<number> {
  const { rowCount } = await client(0).query(
    "select from pg_locks where locktype = 'advisory' and objid = 5 and classid = x'0deadb01'::int::oid",
  );
  return rowCount ?? 0;
}

test("a connection of its own keeps what it set and locked, and leaves nothing behind", async () => {
  await requireSession(client(0), client(1));
  expect(await locksHeld()).toBe(0);
});

test("a pooler in transaction mode is refused in words that name DATABASE_URL", async () => {
  const connection = poolOfTransactions([...clients]);
  await expect(requireSession(connection(), connection())).rejects.toThrow(
    /DATABASE_URL leads through a pooler.*pool_mode = session/,
  );
});

test("a pooler in statement mode, which refuses every transaction, is refused in the same words", async () => {
  const other = {
    query: () => Promise.reject(new Error("transaction blocks not allowed in statement pooling mode")),
  };
  await expect(requireSession(client(0), other)).rejects.toThrow("DATABASE_URL leads through a pooler");
});

function recordedLog() {
  const lines: string[] = [];
  const seen = Promise.withResolvers<undefined>();
  const log = pino(
    {},
    {
      write(line: string) {
        lines.push(line);
        seen.resolve(undefined);
      },
    },
  );
  return { log, lines, seen: seen.promise };
}

test("a database that is not up yet is waited for, and the log names DATABASE_URL and no password", async () => {
  const behind = new URL(inject("databaseUrl"));
  const door = createServer((socket) => {
    const inner = connect(Number(behind.port), behind.hostname);
    socket.pipe(inner).pipe(socket);
    for (const end of [socket, inner]) end.on("error", () => undefined);
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const { port } = door.address() as AddressInfo;
  door.close();
  await once(door, "close");

  const url = new URL(behind);
  url.port = String(port);
  const { log, lines, seen } = recordedLog();
  const opened = openDatabase({ DATABASE_URL: url.href, DATA_DIR: "/nowhere" }, log, () => undefined, NEVER);
  await seen;
  expect(lines[0]).toContain("DATABASE_URL does not answer");
  expect(lines[0]).toContain("ECONNREFUSED");
  expect(lines.join("")).not.toContain(url.password);
  door.listen(port, "127.0.0.1");
  onTestFinished(() => void door.close());
  expect((await opened).url).toBe(url.href);
});

test("whoever is asked to stop while it waits for the database stops at once", async () => {
  const stopping = new AbortController();
  const { log, seen } = recordedLog();
  const nowhere = { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing", DATA_DIR: "/nowhere" };
  const opened = openDatabase(nowhere, log, () => undefined, stopping.signal);
  await seen;
  stopping.abort();
  await expect(opened).rejects.toThrow("aborted");
});

test("a database that refuses us is not waited for", async () => {
  const url = new URL(inject("databaseUrl"));
  url.password = "canary";
  const opened = openDatabase(
    { DATABASE_URL: url.href, DATA_DIR: "/nowhere" },
    pino({ level: "silent" }),
    () => undefined,
    NEVER,
  );
  await expect(opened).rejects.toThrow(/DATABASE_URL refuses Deadbolt: (?!.*canary)/);
});

test("a connection starts with nothing that a pooler in session mode refuses, and its limits hold all the same", async () => {
  const started = Promise.withResolvers<string[]>();
  const server = createServer((socket) =>
    socket.once("data", (packet) => {
      // Four bytes of length and four of version, then names and values, each ended by a zero.
      started.resolve(packet.subarray(8).toString().split("\0"));
      socket.destroy();
    }),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const log = pino({ level: "silent" });
  const { port } = server.address() as AddressInfo;
  const watched = connectDatabase(`postgresql://somebody@127.0.0.1:${port}/some`, { log });
  await watched.query("select 1").catch(() => undefined);
  await watched.close();
  const names = (await started.promise).filter((_part, index) => index % 2 === 0).filter(Boolean);
  expect(names).toContain("user");
  const known = ["user", "database", "client_encoding", "application_name"];
  expect(names.filter((name) => !known.includes(name))).toEqual([]);

  const database = connectDatabase(inject("databaseUrl"), { log, poolSize: 1, statementTimeout: 1_234 });
  onTestFinished(() => database.close());
  const limits = async () =>
    (
      await database.query(
        "select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle",
      )
    ).rows[0];
  expect(await limits()).toEqual({ statement: "1234ms", idle: "5s" });
  await database.withSessionLock([1, 2], () => Promise.resolve());
  expect(await limits()).toEqual({ statement: "1234ms", idle: "5s" });
});
