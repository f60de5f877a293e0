import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectDatabase } from "../../src/database/connect.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase({ migrated: false });
  await fresh.database.query("create table thing (id bigint primary key, at timestamptz(3), data jsonb)");
});
afterAll(() => fresh.drop());

const silent = pino({ level: "silent" });

test("times are read as dates, bigints as numbers and JSON as objects", async () => {
  const at = new Date("2026-03-01T10:00:00.123Z");
  await fresh.database.query("insert into thing values ($1, $2, $3)", [7, at, { list: [1, "two"] }]);
  const { rows, rowCount } = await fresh.database.query("select * from thing where id = $1", [7]);
  expect(rows).toEqual([{ id: 7, at, data: { list: [1, "two"] } }]);
  expect(rowCount).toBe(1);
});

test("a bigint too great for a number is an error, not another number", async () => {
  await expect(fresh.database.query("select 9007199254740993::bigint")).rejects.toThrow("too great");
});

test("a transaction whose work fails leaves nothing and throws the work's own error", async () => {
  const failure = new Error("changed my mind");
  const work = fresh.database.transaction(async (client) => {
    await client.query("insert into thing (id) values (100)");
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  expect((await fresh.database.query("select from thing where id = 100")).rowCount).toBe(0);
});

test("a transaction gives back what its work gave, and its rows stay", async () => {
  const result = await fresh.database.transaction(async (client) => {
    await client.query("insert into thing (id) values (101)");
    return "done";
  });
  expect(result).toBe("done");
  expect((await fresh.database.query("select from thing where id = 101")).rowCount).toBe(1);
});

test("a statement that takes too long is cancelled, and the connection serves on", async () => {
  const hasty = connectDatabase(fresh.url, { log: silent, poolSize: 1, statementTimeout: 50 });
  await expect(hasty.query("select pg_sleep(30)")).rejects.toThrow("statement timeout");
  expect((await hasty.query("select 1")).rowCount).toBe(1);
  await hasty.close();
});

test("a server that is not there is an error, not a wait", async () => {
  const nowhere = connectDatabase("postgresql://nobody@127.0.0.1:1/nothing", { log: silent });
  await expect(nowhere.query("select 1")).rejects.toThrow("ECONNREFUSED");
  await nowhere.close();
});

test("an idle connection that breaks is logged and replaced", async () => {
  const logged = Promise.withResolvers<string>();
  const log = pino(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.resolve(chunk.toString());
        done();
      },
    }),
  );
  const pool = connectDatabase(fresh.url, { log, poolSize: 1 });
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  await fresh.database.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
  expect(await logged.promise).toContain("A database connection was lost");
  expect((await pool.query("select 1")).rowCount).toBe(1);
  await pool.close();
});

test("a connection that breaks inside a transaction fails that transaction only", async () => {
  const pool = connectDatabase(fresh.url, { log: silent, poolSize: 1 });
  const work = pool.transaction(async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
    await fresh.database.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await client.query("insert into thing (id) values (102)");
  });
  await expect(work).rejects.toThrow(/terminating connection|Connection terminated|not queryable/);
  expect((await pool.query("select from thing where id = 102")).rowCount).toBe(0);
  await pool.close();
});

test("of two that want the same session lock, the second works when the first is through", async () => {
  const order: string[] = [];
  const inside = Promise.withResolvers<void>();
  const leave = Promise.withResolvers<void>();
  const first = fresh.database.withSessionLock([1, 1], async () => {
    inside.resolve();
    await leave.promise;
    order.push("first");
  });
  await inside.promise;
  const second = fresh.database.withSessionLock([1, 1], async () => order.push("second"));
  const other = await fresh.database.withSessionLock([1, 2], async () => order.push("other"));
  expect(other).toBe(1);
  leave.resolve();
  await Promise.all([first, second]);
  expect(order).toEqual(["other", "first", "second"]);
});

test("closing twice is closing once", async () => {
  const pool = connectDatabase(fresh.url, { log: silent });
  await pool.query("select 1");
  await Promise.all([pool.close(), pool.close()]);
  await expect(pool.query("select 1")).rejects.toThrow("end on the pool");
});

test("a transaction that asks for a second connection is a fault, not a wait that many at once never end", async () => {
  const small = connectDatabase(fresh.url, { log: silent, poolSize: 1 });
  const asks = [
    () => small.query("select 1"),
    () => small.transaction(async () => undefined),
    async () => {
      await Promise.resolve();
      return small.query("select 1");
    },
  ];
  for (const ask of asks)
    await expect(small.transaction(() => ask())).rejects.toThrow("asked beside its own client");
  expect((await small.query("select 1")).rowCount).toBe(1);
  await small.close();
});

test("what a transaction leaves running asks the database as it likes, once the transaction has ended", async () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
  const { left } = await fresh.database.transaction(async () => ({
    left: ended.then(() => fresh.database.query("select 1")),
  }));
  end(undefined);
  expect((await left).rowCount).toBe(1);
});

test("connections that are kept open are there when seconds count, and serve on", async () => {
  const warm = connectDatabase(fresh.url, { log: silent, poolSize: 3, idleConnections: 3 });
  await warm.warmUp();
  const pid = "select pg_backend_pid() as pid";
  const { rows } = await fresh.database.query<{ count: number }>(
    "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  expect(rows[0]?.count).toBeGreaterThanOrEqual(3);
  const pids = await Promise.all([1, 2, 3].map(() => warm.query<{ pid: number }>(pid)));
  expect(new Set(pids.map(({ rows: [row] }) => row?.pid)).size).toBeLessThanOrEqual(3);
  await warm.close();
});
