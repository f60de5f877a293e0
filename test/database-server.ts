import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { TestProject } from "vitest/node";
import { connectDatabase } from "../src/database/connect.ts";
import { openEmbeddedDatabase } from "../src/database/embedded.ts";
import { migrateDatabase } from "../src/database/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

/** The migrated database that every fresh one is a copy of. */
const TEMPLATE_DATABASE = "deadbolt_template";

/** One real Postgres for the whole run, in a temporary folder; gives tests its `databaseUrl`, ends it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-test-"));
  // When root runs the tests, Postgres runs as another user, who must pass through.
  await chmod(folder, 0o711);
  const server = await openEmbeddedDatabase({
    dataDirectory: join(folder, "data"),
    // Nothing here outlives the run; making and dropping databases is several times faster this way.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  const log = pino({ level: "silent" });
  const first = connectDatabase(server.url, { log });
  await first.query(`create database ${TEMPLATE_DATABASE}`);
  await first.close();
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${TEMPLATE_DATABASE}`;
  const template = connectDatabase(templateUrl.href, { log });
  await migrateDatabase(template);
  await template.close();
  project.provide("databaseUrl", server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
