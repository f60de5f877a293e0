import { Client } from "pg";
import { OWNERSHIP_LOCK } from "./advisory-locks.ts";

/** Another Deadbolt uses the database. */
export class OwnershipError extends Error {
  override name = "OwnershipError";
}

export interface Ownership {
  /** Gives the database up; the callback for a loss is not called. Safe to call twice. */
  release(): Promise<void>;
}

const APPLICATION_PREFIX = "deadbolt owner, pid ";

async function findOwner(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select activity.application_name as name
     from pg_locks held join pg_stat_activity activity using (pid)
     where held.locktype = 'advisory' and held.granted
       and held.classid = $1 and held.objid = $2 and held.objsubid = 2
       and held.database = (select oid from pg_database where datname = current_database())`,
    [...OWNERSHIP_LOCK],
  );
  const name = rows[0]?.name ?? "";
  return name.startsWith(APPLICATION_PREFIX) ? name.slice(APPLICATION_PREFIX.length) : "unknown";
}

/**
 * Claims a database for this process alone, by a lock that ends with the process or its connection.
 * @param options.place what the database is called in the error, e.g. the data directory
 * @param options.onLost called once when the connection that holds the lock breaks: from then on another process
 * may own the database, so this one must stop
 * @param options.patience milliseconds to wait for a killed owner's connection to be noticed; 1,000 by default
 * @throws OwnershipError that names the owner's pid, when another process has it
 */
export async function claimOwnership(
  url: string,
  options: { place: string; onLost: (error: Error) => void; patience?: number },
): Promise<Ownership> {
  const client = new Client({
    connectionString: url,
    application_name: `${APPLICATION_PREFIX}${process.pid}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  let held = false;
  const lose = (error: Error) => {
    if (!held) return;
    held = false;
    options.onLost(error);
  };
  client.on("error", lose);
  client.on("end", () => lose(new Error("The connection that holds the database was closed.")));
  await client.connect();
  try {
    await client.query("select set_config('lock_timeout', $1, false)", [String(options.patience ?? 1000)]);
    await client.query("select pg_advisory_lock($1, $2)", [...OWNERSHIP_LOCK]);
    held = true;
  } catch (error) {
    const isTaken = (error as { code?: string }).code === "55P03";
    const owner = isTaken ? await findOwner(client) : "";
    await client.end();
    if (!isTaken) throw error;
    throw new OwnershipError(`another Deadbolt (pid ${owner}) is using ${options.place}: stop it first`);
  }
  return {
    async release() {
      held = false;
      await client.end();
    },
  };
}
