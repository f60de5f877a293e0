import { AUDIT_LOCK } from "../database/advisory-locks.ts";
import type { Statement } from "../database/statement.ts";
import { hashedText } from "./chain.ts";
import type { AuditRecord } from "./record.ts";

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

/** What the statement answers for each event. */
export interface AppendedRow {
  place: number;
  is_new: boolean;
}

/** The statement that adds events in the order given, and answers with a row for each. */
export function appendStatement(records: readonly AuditRecord[]): Statement {
  return {
    text: "select place, is_new from deadbolt.append_audit_events($1, $2, $3)",
    values: [...AUDIT_LOCK, JSON.stringify(records.map(toRow))],
  };
}
