import type { Logger } from "pino";
import { applicationUrl } from "./application-role.ts";
import { openEmbeddedDatabase } from "./embedded.ts";
import { claimOwnership } from "./ownership.ts";
import { waitForDatabase } from "./sessions.ts";

export interface OpenedDatabase {
  /** `postgresql://…` with its password. */
  url: string;
  /** Gives the database up; an embedded one is stopped. */
  close(): Promise<void>;
}

/**
 * The configured Postgres, waiting until it answers, or an embedded one that belongs to this process alone.
 * @throws OwnershipError when another Deadbolt uses the data directory
 * @throws the reason of `signal`, while it waits for the database
 * @throws DatabaseSettingError when the setting is at fault by which the database is found
 */
export async function openDatabase(
  config: { DATABASE_URL?: string | undefined; DATA_DIR: string },
  log: Logger,
  onLost: (error: Error) => void,
  signal: AbortSignal,
): Promise<OpenedDatabase> {
  if (config.DATABASE_URL !== undefined) {
    await waitForDatabase(config.DATABASE_URL, log, signal);
    return { url: config.DATABASE_URL, close: () => Promise.resolve() };
  }
  const embedded = await openEmbeddedDatabase({ dataDirectory: config.DATA_DIR, log });
  const ownership = await claimOwnership(embedded.url, { place: config.DATA_DIR, onLost });
  return {
    url: await applicationUrl(embedded.url),
    close: async () => {
      await ownership.release();
      await embedded.stop();
    },
  };
}
