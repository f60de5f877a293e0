import { Keyv } from "keyv";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { connectDatabase } from "../database/connect.ts";

const STORE_CONNECTIONS = 3;
/** What only spares work must not cost much when it hangs. */
const STORE_MILLISECONDS = 2_000;

/**
 * Short-lived shared things: deliveries seen, directory answers for display, the vendor token. Never what must
 * last, and never what decides. In memory for one instance, in Postgres or Redis for several.
 */
export async function createShortLivedStore(config: Config, namespace: string, log: Logger): Promise<Keyv> {
  const store = await backing(config, log);
  const keyv = new Keyv({ namespace, ...(store === undefined ? {} : { store }) });
  keyv.on("error", (error: unknown) => log.warn({ err: error, namespace }, "the shared store failed"));
  return keyv;
}

/** The same where several instances can share it; undefined where there is but this one. */
export async function createSharedStore(
  config: Config,
  namespace: string,
  log: Logger,
): Promise<Keyv | undefined> {
  const isShared = config.KEYV_URL !== undefined || config.DATABASE_URL !== undefined;
  return isShared ? createShortLivedStore(config, namespace, log) : undefined;
}

/** By connections of ours: the store's own end the process when one of them is lost while nobody uses it. */
async function overPostgres(url: string, log: Logger) {
  const { KeyvPostgres } = await import("@keyv/postgres");
  const database = connectDatabase(url, {
    log,
    poolSize: STORE_CONNECTIONS,
    statementTimeout: STORE_MILLISECONDS,
    connectionTimeout: STORE_MILLISECONDS,
  });
  class OverOurPool extends KeyvPostgres {
    override connect() {
      return Promise.resolve(
        async (sql: string, values?: unknown[]) => (await database.query<unknown>(sql, values)).rows,
      );
    }
    override disconnect() {
      return database.close();
    }
  }
  return new OverOurPool({ table: "short_lived", schema: "deadbolt" });
}

async function backing(config: Config, log: Logger) {
  if (config.KEYV_URL !== undefined) {
    const { default: KeyvRedis } = await import("@keyv/redis");
    return new KeyvRedis(config.KEYV_URL);
  }
  if (config.DATABASE_URL !== undefined) {
    return overPostgres(config.DATABASE_URL, log);
  }
  return undefined;
}
