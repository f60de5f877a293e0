import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuditLog } from "../../src/audit/log.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { applicationUrl } from "../../src/database/application-role.ts";
import { connectDatabase, type Database } from "../../src/database/connect.ts";
import { migrateDatabase } from "../../src/database/migrate.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

const log = pino({ level: "silent" });

let old: FreshDatabase;
let empty: FreshDatabase;
let urls: string[];
const opened: Database[] = [];
beforeAll(async () => {
  [old, empty] = await Promise.all([createFreshDatabase(), createFreshDatabase({ migrated: false })]);
  // Several processes may start at once.
  const [first = "", second = ""] = await Promise.all([old.url, old.url].map((url) => applicationUrl(url)));
  urls = [first, await applicationUrl(empty.url), second];
});
afterAll(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await Promise.all([old.drop(), empty.drop()]);
});

function open(url: string | undefined): Database {
  const database = connectDatabase(url ?? "", { log, poolSize: 2 });
  opened.push(database);
  return database;
}

test("a new database, and one that a superuser made, are migrated, written and read by the app's own role", async () => {
  expect(urls[2]).toBe(urls[0]);
  for (const url of urls.slice(0, 2)) {
    const database = open(url);
    await migrateDatabase(database);
    const at = new Date();
    await createAuditLog(database).append({
      id: "e1",
      requestId: "r1",
      type: "step.finished",
      actor: "U1",
      at,
      data: {},
    });
    expect(await verifyChain(database)).toMatchObject({ ok: true, rows: 1 });
    // A later version changes what an earlier one made.
    await database.query("alter table deadbolt.request add column later integer");
    const { rows } = await database.query<{ owners: number }>(
      `select count(*) as owners from pg_class
       where relnamespace = 'deadbolt'::regnamespace and relkind in ('r', 'S') and relowner <> current_user::regrole`,
    );
    expect(rows[0]?.owners).toBe(0);
  }
});

test.each([
  "copy (select 1) to program 'true'",
  "select pg_read_file('/etc/passwd')",
  "select rolpassword from pg_authid",
  "alter system set fsync = off",
  "set session_replication_role = replica",
  "create role another superuser",
  "create database another",
])("the app's role may not: %s", async (statement) => {
  await expect(open(urls[0]).query(statement)).rejects.toThrow(/permission denied|must be superuser/);
});

test("neither password can be read from the other's address", () => {
  const [mine, superuser] = [new URL(urls[0] ?? ""), new URL(old.url)];
  expect(mine.username).not.toBe(superuser.username);
  expect(mine.password).toMatch(/^[\w-]{43}$/);
  expect(mine.password).not.toContain(superuser.password);
});
