import { EXECUTOR_LOCK_SPACE } from "../../database/advisory-locks.ts";
import type { Database } from "../../database/connect.ts";
import { connectionsOf } from "../../database/instance.ts";

/**
 * Takes over what instances that are gone left running: all whose lock is free.
 * @param recover resumes the runs of one of them
 */
export async function takeOverFromDead(
  database: Database,
  executorId: string,
  recover: (deadId: string) => Promise<void>,
): Promise<void> {
  const { rows } = await database.query<{ executor_id: string }>(
    "select distinct executor_id from dbos.workflow_status where status = 'PENDING' and executor_id <> $1",
    [executorId],
  );
  for (const row of rows)
    await database.transaction(async (client) => {
      // The lock is held while another connection resumes the runs, and nobody else waits for it.
      await client.query("set local idle_in_transaction_session_timeout = '60s'");
      const lock = await client.query<{ free: boolean }>(
        "select pg_try_advisory_xact_lock($1, hashtext($2)) as free",
        [EXECUTOR_LOCK_SPACE, row.executor_id],
      );
      if (lock.rows[0]?.free !== true) return;
      // One that is frozen goes on holding what its other connections have locked, such as the Slack updates of a request.
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and usename = current_user",
        [connectionsOf(row.executor_id)],
      );
      await recover(row.executor_id);
    });
}
