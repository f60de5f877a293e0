import { AUDIT_LOCK } from "../database/advisory-locks.ts";
import type { DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";
import { hashedText } from "./chain.ts";
import type { AppendResult, AuditRecord } from "./log.ts";

/** All that a row of the trail has. */
export const COLUMNS = "sequence, id, request_id, type, actor, at, data, policy_version, previous_hash, hash";

/** One event as the database's own function takes it. */
function toRow(record: AuditRecord): Record<string, unknown> {
  const { id, requestId, type, actor, at, data, policyVersion } = record;
  return {
    id,
    request_id: requestId,
    type,
    actor,
    at: at.toISOString(),
    data: JSON.stringify(data),
    policy_version: policyVersion ?? null,
    ...hashedText(record),
  };
}

/** The statement that adds events in the order given, and answers with a row for each. */
export function appendStatement(records: readonly AuditRecord[]): Statement {
  return {
    text: "select place, is_new from deadbolt.append_audit_events($1, $2, $3)",
    values: [...AUDIT_LOCK, JSON.stringify(records.map(toRow))],
  };
}

/**
 * Adds events in the order given, by one statement: in the transaction of `client`, or by itself. Secrets must be gone
 * from them.
 * @returns what became of each, in the same order
 * @throws when one of them cannot be added, without saying which; then none is
 */
export async function appendEvents(
  client: DatabaseClient,
  records: readonly AuditRecord[],
): Promise<AppendResult[]> {
  const { text, values } = appendStatement(records);
  const { rows } = await client.query<{ place: number; is_new: boolean }>(text, values);
  return rows.map(({ place, is_new }) => ({ appended: is_new, sequence: place }));
}
