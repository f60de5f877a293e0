import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import type { TestProject } from "vitest/node";
import { PROJECT } from "../playground/app-process.ts";
import { connectDatabase } from "../src/database/connect.ts";
import { openEmbeddedDatabase } from "../src/database/embedded.ts";
import { migrateDatabase } from "../src/database/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

const log = pino({ level: "silent" });
const run = promisify(execFile);

/** The database with our schema and the engine's that every fresh one is a copy of. */
const TEMPLATE_DATABASE = "deadbolt_template";

/** A hundred apps load the same files; what they compile is kept. */
async function keepCompiled(): Promise<void> {
  process.env["NODE_COMPILE_CACHE"] ??= join(PROJECT, "node_modules", ".cache", "deadbolt-compiled");
  // Most apps are killed and never come to writing it down, so one process does it for all.
  const load = 'await import("./src/start.ts");';
  // What cannot be loaded fails in the tests that start it, and not in all the others.
  await run(process.execPath, ["--input-type=module", "--eval", load], { cwd: PROJECT }).catch(
    () => undefined,
  );
}

async function makeTemplate(url: string): Promise<void> {
  const template = connectDatabase(url, { log });
  await migrateDatabase(template);
  await template.close();
  // The engine makes its schema at the first start of an app, step by step, which takes longer than all the rest.
  const engine = join(PROJECT, "node_modules", "@dbos-inc", "dbos-sdk", "dist", "src", "cli", "cli.js");
  await run(process.execPath, [engine, "schema", url], { cwd: PROJECT });
}

/** One real Postgres for the whole run, in a temporary folder; gives tests its `databaseUrl`, ends it afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const compiled = keepCompiled();
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-test-"));
  // When root runs the tests, Postgres runs as another user, who must pass through.
  await chmod(folder, 0o711);
  const server = await openEmbeddedDatabase({
    dataDirectory: join(folder, "data"),
    // Nothing here outlives the run; making and dropping databases is several times faster this way. Each worker has
    // an app or two, which hold some 25 connections each.
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: 400,
      scram_iterations: 1,
    },
  });
  const first = connectDatabase(server.url, { log });
  await first.query(`create database ${TEMPLATE_DATABASE}`);
  // Thousands of connections are made in a run. Their password is as random as before, and is hashed less often.
  await first.query(`alter role current_user password '${decodeURIComponent(new URL(server.url).password)}'`);
  await first.close();
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${TEMPLATE_DATABASE}`;
  await Promise.all([makeTemplate(templateUrl.href), compiled]);
  project.provide("databaseUrl", server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
