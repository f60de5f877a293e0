import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { inject } from "vitest";
import { connectDatabase, type Database } from "../src/database/connect.ts";

export interface FreshDatabase {
  /** `postgresql://…` of this database, for parts that connect by themselves. */
  url: string;
  database: Database;
  /** Closes `database`, ends every other connection and removes it. */
  drop(): Promise<void>;
}

const log = pino({ level: "silent" });

/**
 * An empty database with our schema and a random name, on the run's one Postgres. Drop it in `afterAll` or
 * `afterEach`.
 * @param options.migrated false for one without our schema
 */
export async function createFreshDatabase(options: { migrated?: boolean } = {}): Promise<FreshDatabase> {
  const serverUrl = inject("databaseUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = options.migrated === false ? "template1" : "deadbolt_template";
  const administrate = async (statement: string) => {
    const server = connectDatabase(serverUrl, { log, poolSize: 1 });
    try {
      await server.query(statement);
    } finally {
      await server.close();
    }
  };
  await administrate(`create database ${name} template ${template} strategy file_copy`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = connectDatabase(url.href, { log });
  return {
    url: url.href,
    database,
    async drop() {
      await database.close();
      await administrate(`drop database ${name} with (force)`);
    },
  };
}
