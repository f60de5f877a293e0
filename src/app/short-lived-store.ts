import { Keyv } from "keyv";
import type { Logger } from "pino";
import type { Config } from "../config.ts";

/**
 * Short-lived shared things: deliveries seen, directory answers for display, the vendor token. Never what must
 * last, and never what decides. In memory for one instance, in Postgres or Redis for several.
 */
export async function createStore(config: Config, namespace: string, log: Logger): Promise<Keyv> {
  const store = await backing(config);
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
  return isShared ? createStore(config, namespace, log) : undefined;
}

async function backing(config: Config) {
  if (config.KEYV_URL !== undefined) {
    const { default: KeyvRedis } = await import("@keyv/redis");
    return new KeyvRedis(config.KEYV_URL);
  }
  if (config.DATABASE_URL !== undefined) {
    const { KeyvPostgres } = await import("@keyv/postgres");
    return new KeyvPostgres({ uri: config.DATABASE_URL, table: "short_lived", schema: "deadbolt" });
  }
  return undefined;
}
