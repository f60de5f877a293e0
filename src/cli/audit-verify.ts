import { existsSync } from "node:fs";
import { verifyChain } from "../audit/verify.ts";
import { loadDatabaseConfig, ConfigError } from "../config.ts";
import { connectDatabase } from "../database/connect.ts";
import { openEmbeddedDatabase } from "../database/embedded.ts";
import { createLog } from "../log.ts";

/** Not the 1 of a trail that could not be read: whoever watches this must tell the two apart. */
const BROKEN = 2;

/**
 * `audit verify`: walks the whole chain. An embedded database that an app is using is read beside it and left
 * running; one that is not running is started for the walk.
 * @throws ConfigError when there is no database to look into
 */
export async function verifyAudit(environment: NodeJS.ProcessEnv): Promise<{ text: string; code: number }> {
  const log = createLog("warn");
  const config = loadDatabaseConfig(environment);
  if (config.DATABASE_URL === undefined && !existsSync(config.DATA_DIR))
    throw new ConfigError([
      `DATA_DIR (${config.DATA_DIR}) does not exist, and DATABASE_URL is not set: there is no trail to verify`,
    ]);
  const embedded =
    config.DATABASE_URL === undefined
      ? await openEmbeddedDatabase({ dataDirectory: config.DATA_DIR, log })
      : undefined;
  const database = connectDatabase(embedded?.url ?? config.DATABASE_URL ?? "", { log });
  try {
    const result = await verifyChain(database);
    if (result.ok) return { text: `The audit chain is whole: ${result.rows} rows.`, code: 0 };
    return {
      text: [
        `The audit chain is BROKEN at row ${result.brokenAt}: ${result.reason}`,
        "Rows before it are as they were written. Keep this database as it is, and compare it with a backup.",
      ].join("\n"),
      code: BROKEN,
    };
  } finally {
    await database.close();
    if (embedded?.adopted === false) await embedded.stop();
  }
}
