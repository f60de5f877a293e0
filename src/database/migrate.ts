import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MIGRATION_LOCK } from "./advisory-locks.ts";
import type { Database, DatabaseClient } from "./connect.ts";

const MIGRATIONS_FOLDER = fileURLToPath(new URL("./migrations/", import.meta.url));
const MIGRATION_NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

/** The database and this version of the program do not fit; a person must look. Nothing was changed. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => MIGRATION_NAME.test(name)).toSorted();
  return Promise.all(
    names.map(async (name) => {
      // A checkout with other line endings is not another migration.
      const sql = (await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

function checkHistory(
  known: readonly Migration[],
  applied: readonly { name: string; checksum: string }[],
): void {
  applied.forEach((row, index) => {
    const migration = known[index];
    if (!known.some(({ name }) => name === row.name))
      throw new MigrationError(
        `The database has the migration ${row.name}, which this version does not know: it was used by a newer one.`,
      );
    if (migration?.name !== row.name)
      throw new MigrationError(
        `The migration ${migration?.name} is not applied, but the later ${row.name} is: give the new one a later number.`,
      );
    if (migration.checksum !== row.checksum)
      throw new MigrationError(
        `The migration ${row.name} was changed after it was applied: restore it, and make the change in a new one.`,
      );
  });
}

/**
 * Looks whether this version knows all that was done to the database, and changes nothing.
 * @throws MigrationError where a newer version was there, or a migration was changed
 */
export async function requireKnownHistory(database: Database, folder = MIGRATIONS_FOLDER): Promise<void> {
  const { rows } = await database.query<{ name: string; checksum: string }>(
    "select name, checksum from deadbolt.migration order by name",
  );
  checkHistory(await readMigrations(folder), rows);
}

async function apply(client: DatabaseClient, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query("insert into deadbolt.migration (name, checksum) values ($1, $2)", [
      migration.name,
      migration.checksum,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new MigrationError(
      `The migration ${migration.name} failed and was taken back: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/**
 * Brings the schema `deadbolt` up to date: plain SQL files in the order of their names, each in its own transaction.
 * Several processes may call it at once; one does the work and the others wait.
 * @param folder where the SQL files are; our own by default
 * @returns the names of the migrations that this call applied
 * @throws MigrationError when an applied migration was changed, is unknown or out of order, or when one fails
 */
export async function migrateDatabase(database: Database, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const known = await readMigrations(folder);
  return database.withSessionLock(MIGRATION_LOCK, async (client) => {
    await client.query(`
      create schema if not exists deadbolt;
      create table if not exists deadbolt.migration (
        name       text primary key,
        checksum   text not null,
        applied_at timestamptz(3) not null default now()
      )`);
    const { rows: applied } = await client.query<{ name: string; checksum: string }>(
      "select name, checksum from deadbolt.migration order by name",
    );
    checkHistory(known, applied);
    const missing = known.slice(applied.length);
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  });
}
