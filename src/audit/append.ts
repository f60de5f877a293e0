import { AUDIT_LOCK } from "../database/advisory-locks.ts";
import type { DatabaseClient } from "../database/connect.ts";
import { hashEvent } from "./chain.ts";
import type { AppendResult, AuditRecord } from "./log.ts";

interface Head {
  sequence: number;
  hash: string;
}

const HEADLESS = "The audit trail has lost its head row: run the audit verification.";
/** All that a row of the trail has. */
export const COLUMNS = "sequence, id, request_id, type, actor, at, data, policy_version, previous_hash, hash";

/** A statement of its own: what follows must see what the lock's last holder committed. */
async function lockChain(client: DatabaseClient): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1, $2)", [...AUDIT_LOCK]);
}

/** Adds one event, in the transaction of `client`. Secrets must be gone from it. */
export async function appendOne(client: DatabaseClient, record: AuditRecord): Promise<AppendResult> {
  await lockChain(client);
  const { rows } = await client.query<Head & { existing: number | null }>(
    `select sequence, hash, (select sequence from deadbolt.audit_event where id = $1) as existing
     from deadbolt.audit_head`,
    [record.id],
  );
  const head = rows[0];
  if (!head) throw new Error(HEADLESS);
  if (head.existing !== null) return { appended: false, sequence: head.existing };
  const sequence = head.sequence + 1;
  const hash = hashEvent(head.hash, record);
  const { id, requestId, type, actor, at, data, policyVersion } = record;
  await client.query(
    `with added as (
       insert into deadbolt.audit_event (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       returning sequence, hash
     )
     update deadbolt.audit_head set sequence = added.sequence, hash = added.hash from added`,
    [sequence, id, requestId, type, actor, at, JSON.stringify(data), policyVersion ?? null, head.hash, hash],
  );
  return { appended: true, sequence };
}

/** One row as the statement below takes it. */
function toRow(record: AuditRecord, previous: Head): Head & Record<string, unknown> {
  const { id, requestId, type, actor, at, data, policyVersion } = record;
  return {
    sequence: previous.sequence + 1,
    id,
    request_id: requestId,
    type,
    actor,
    at: at.toISOString(),
    data: JSON.stringify(data),
    policy_version: policyVersion ?? null,
    previous_hash: previous.hash,
    hash: hashEvent(previous.hash, record),
  };
}

/**
 * Adds several events in the order given, in the transaction of `client`: the same rows as one after the other.
 * Secrets must be gone from them.
 * @returns what became of each, in the same order
 * @throws when one of them cannot be added, without saying which; then none is
 */
export async function appendTogether(
  client: DatabaseClient,
  records: readonly AuditRecord[],
): Promise<AppendResult[]> {
  await lockChain(client);
  const found = await client.query<Head & { existing: Record<string, number> | null }>(
    `select sequence, hash,
       (select json_object_agg(id, sequence) from deadbolt.audit_event where id = any($1)) as existing
     from deadbolt.audit_head`,
    [records.map(({ id }) => id)],
  );
  const head = found.rows[0];
  if (!head) throw new Error(HEADLESS);
  const places = new Map(Object.entries(head.existing ?? {}));
  const rows: Head[] = [];
  const results = records.map((record): AppendResult => {
    const place = places.get(record.id);
    if (place !== undefined) return { appended: false, sequence: place };
    const row = toRow(record, rows.at(-1) ?? head);
    rows.push(row);
    places.set(record.id, row.sequence);
    return { appended: true, sequence: row.sequence };
  });
  if (rows.length > 0)
    await client.query(
      `with added as (
         insert into deadbolt.audit_event (${COLUMNS})
         select sequence, id, request_id, type, actor, at, data::jsonb, policy_version, previous_hash, hash
         from json_to_recordset($1) as event (
           sequence bigint, id text, request_id text, type text, actor text, at timestamptz, data text,
           policy_version text, previous_hash text, hash text
         )
         returning sequence, hash
       )
       update deadbolt.audit_head set sequence = last.sequence, hash = last.hash
       from (select sequence, hash from added order by sequence desc limit 1) as last`,
      [JSON.stringify(rows)],
    );
  return results;
}
