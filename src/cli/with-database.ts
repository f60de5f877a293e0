import { existsSync } from "node:fs";
import type { Logger } from "pino";
import { loadDatabaseConfig, ConfigError } from "../config.ts";
import { connectDatabase, type Database } from "../database/connect.ts";
import { applicationUrl } from "../database/application-role.ts";
import { openEmbeddedDatabase } from "../database/embedded.ts";

/** Whether there can be a database at all: an embedded one is made by the first start of the app. */
export function hasDatabase(environment: NodeJS.ProcessEnv): boolean {
  const config = loadDatabaseConfig(environment);
  return config.DATABASE_URL !== undefined || existsSync(config.DATA_DIR);
}

/**
 * Works with the app's database. An embedded one that an app is using is read beside it and left running; one that is
 * not running is started for the work.
 * @param lacking what there is not, where there is no database: `no trail to verify`
 * @throws ConfigError when there is no database
 */
export async function withDatabase<Result>(
  environment: NodeJS.ProcessEnv,
  { log, lacking }: { log: Logger; lacking: string },
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const config = loadDatabaseConfig(environment);
  if (!hasDatabase(environment))
    throw new ConfigError([
      `DATA_DIR (${config.DATA_DIR}) does not exist, and DATABASE_URL is not set: there is ${lacking}`,
    ]);
  const embedded =
    config.DATABASE_URL === undefined
      ? await openEmbeddedDatabase({ dataDirectory: config.DATA_DIR, log })
      : undefined;
  const url = embedded === undefined ? (config.DATABASE_URL ?? "") : await applicationUrl(embedded.url);
  const database = connectDatabase(url, { log });
  try {
    return await work(database);
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE)
      throw new Error(
        "This database is of an older version. Start the app once, which brings it up to date.",
        {
          cause: error,
        },
      );
    throw error;
  } finally {
    await database.close();
    if (embedded?.adopted === false) await embedded.stop();
  }
}

/** SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = "42P01";
