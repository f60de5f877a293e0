import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MigrationError, migrateDatabase } from "../../src/database/migrate.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
let folder: string;
beforeEach(async () => {
  fresh = await createFreshDatabase({ migrated: false });
  folder = await mkdtemp(join(tmpdir(), "deadbolt-migrations-"));
});
afterEach(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true });
});

const write = (name: string, sql: string) => writeFile(join(folder, name), sql);

test("our own migrations make every table, and a second time there is nothing to do", async () => {
  expect(await migrateDatabase(fresh.database)).toContain("0001-request.sql");
  expect(await migrateDatabase(fresh.database)).toEqual([]);
  const { rows } = await fresh.database.query<{ table_name: string }>(
    "select table_name from information_schema.tables where table_schema = 'deadbolt'",
  );
  expect(rows.map((row) => row.table_name)).toEqual(
    expect.arrayContaining(["request", "decision", "snapshot", "audit_event", "audit_head", "message"]),
  );
});

test("several that start at once apply each migration once", async () => {
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(fresh.database)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
});

test("files are applied in the order of their numbers, and later ones when they come", async () => {
  await write("0002-row.sql", "insert into deadbolt.t values (2)");
  await write("0001-table.sql", "create table deadbolt.t (n int)");
  await write("notes.txt", "not a migration");
  expect(await migrateDatabase(fresh.database, folder)).toEqual(["0001-table.sql", "0002-row.sql"]);
  await write("0003-more.sql", "insert into deadbolt.t values (3)");
  expect(await migrateDatabase(fresh.database, folder)).toEqual(["0003-more.sql"]);
});

test("a migration that fails is taken back whole, and those before it stay", async () => {
  await write("0001-table.sql", "create table deadbolt.t (n int)");
  await write("0002-bad.sql", "insert into deadbolt.t values (1); select nonsense");
  const work = migrateDatabase(fresh.database, folder);
  await expect(work).rejects.toThrow(MigrationError);
  await expect(work).rejects.toThrow(/0002-bad\.sql failed and was taken back.*nonsense/);
  expect((await fresh.database.query("select from deadbolt.t")).rowCount).toBe(0);
});

test("a migration that was changed after it was applied is refused", async () => {
  await write("0001-table.sql", "create table deadbolt.t (n int)");
  await migrateDatabase(fresh.database, folder);
  await write("0001-table.sql", "create table deadbolt.t (n int)\r\n");
  await expect(migrateDatabase(fresh.database, folder)).rejects.toThrow("0001-table.sql was changed");
});

test("a checkout with other line endings is the same migration", async () => {
  await write("0001-table.sql", "create table deadbolt.t (\n n int)\n");
  await migrateDatabase(fresh.database, folder);
  await write("0001-table.sql", "create table deadbolt.t (\r\n n int)\r\n");
  expect(await migrateDatabase(fresh.database, folder)).toEqual([]);
});

test("a database that a newer version used is refused", async () => {
  await write("0001-table.sql", "create table deadbolt.t (n int)");
  await write("0002-new.sql", "create table deadbolt.u (n int)");
  await migrateDatabase(fresh.database, folder);
  await rm(join(folder, "0002-new.sql"));
  await expect(migrateDatabase(fresh.database, folder)).rejects.toThrow("used by a newer one");
});

test("a new migration with an earlier number is refused", async () => {
  await write("0002-table.sql", "create table deadbolt.t (n int)");
  await migrateDatabase(fresh.database, folder);
  await write("0001-late.sql", "create table deadbolt.u (n int)");
  await expect(migrateDatabase(fresh.database, folder)).rejects.toThrow("give the new one a later number");
});
