import { LIMIT_LOCK } from "./advisory-locks.ts";
import type { DatabaseClient } from "./connect.ts";

/** All who ask for something wait for this lock, so a transaction that is silent this long while holding it loses it. */
const SILENT_MILLISECONDS = 2_000;
/** Longer than its holder may be silent. */
const WAITING_MILLISECONDS = 4_000;

/**
 * Counts against the policy's limits one after the other, from here to the end of the transaction.
 * @throws DatabaseError with SQLSTATE 55P03 when it is not free within four seconds
 */
export async function takeLimitLock(client: DatabaseClient): Promise<void> {
  await client.query(
    `set local idle_in_transaction_session_timeout = ${SILENT_MILLISECONDS}; set local lock_timeout = ${WAITING_MILLISECONDS}`,
  );
  await client.query("select pg_advisory_xact_lock($1, $2)", [...LIMIT_LOCK]);
  await client.query("set local lock_timeout = 0");
}
