import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFault } from "../../src/app/readiness.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(() => fresh.drop());

test("a database that can be written has no fault, and nothing is left in it, however often it is asked", async () => {
  for (let times = 0; times < 3; times += 1) expect(await writeFault(fresh.database)).toBeUndefined();
  const { rowCount } = await fresh.database.query("select from pg_class where relname = 'deadbolt_room'");
  expect(rowCount).toBe(0);
});

test("a database that answers and refuses every change has one that says so", async () => {
  const name = new URL(fresh.url).pathname.slice(1);
  await fresh.database.query(`alter database ${name} set default_transaction_read_only = on`);
  const { rows } = await fresh.database.query<{ pid: number }>("select pg_backend_pid() as pid");
  await fresh.database.query("select pg_terminate_backend($1)", [rows[0]?.pid]).catch(() => undefined);
  expect(await writeFault(fresh.database)).toContain("cannot be written");
});
