import pg from "pg";
import { EXECUTOR_LOCK_SPACE } from "../../database/advisory-locks.ts";

/** Each instance holds a lock named after itself; when it dies, Postgres frees it at once. */
export async function holdAliveLock(
  options: { databaseUrl: string; onLost(error: Error): void },
  executorId: string,
): Promise<{ release(): Promise<void> }> {
  const client = new pg.Client({ connectionString: options.databaseUrl, keepAlive: true });
  let released = false;
  client.on("error", (error) => {
    if (!released) options.onLost(error);
  });
  client.on("end", () => {
    if (!released) options.onLost(new Error("The connection that holds this instance's lock has ended."));
  });
  await client.connect();
  await client.query("select pg_advisory_lock($1, hashtext($2))", [EXECUTOR_LOCK_SPACE, executorId]);
  return {
    release: async () => {
      released = true;
      await client.end();
    },
  };
}
