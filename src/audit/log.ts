import { AUDIT_LOCK } from "../database/advisory-locks.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import { hashEvent } from "./chain.ts";
import { redact } from "./redact.ts";

/** One event as the audit trail keeps it, whatever its type. */
export interface AuditRecord {
  /** Derived from request, step and person, so that what is told twice is kept once. */
  id: string;
  requestId: string | null;
  type: string;
  actor: string;
  /** To the millisecond. */
  at: Date;
  data: Record<string, unknown>;
  /** Of the policy that was in force; the log adds it. */
  policyVersion?: string;
}

/** One row of the trail: the event, its place, and what chains it to the row before. */
export interface AuditEntry extends AuditRecord {
  sequence: number;
  previousHash: string;
  hash: string;
}

/** `appended` is false when an event with this id is already there; `sequence` is its place either way. */
export interface AppendResult {
  appended: boolean;
  sequence: number;
}

export interface AuditLog {
  /**
   * Adds one event, exactly once by its id: the first one stays. Secrets are removed first. Resolves when the row is
   * safe on disk; with `within`, when it is part of that transaction. The chain stays locked until that transaction
   * ends, so append last, keep it short, and pass the client to every append before its end.
   * @param within a client inside a transaction of its own; without it the log makes its own
   * @throws when the row cannot be written: the caller must not go on as if it were
   */
  append(record: AuditRecord, within?: DatabaseClient): Promise<AppendResult>;
  /** All events of one request, in order. */
  list(filter: { requestId: string }): Promise<AuditEntry[]>;
  /** Events after a place in the trail, in order, at most `limit` of them; 0 is before the first. */
  listAfter(sequence: number, limit: number): Promise<AuditEntry[]>;
}

interface AuditRow {
  sequence: number;
  id: string;
  request_id: string | null;
  type: string;
  actor: string;
  at: Date;
  data: Record<string, unknown>;
  policy_version: string | null;
  previous_hash: string;
  hash: string;
}

const COLUMNS = "sequence, id, request_id, type, actor, at, data, policy_version, previous_hash, hash";

function toEntry(row: AuditRow): AuditEntry {
  return {
    sequence: row.sequence,
    id: row.id,
    requestId: row.request_id,
    type: row.type,
    actor: row.actor,
    at: row.at,
    data: row.data,
    ...(row.policy_version === null ? {} : { policyVersion: row.policy_version }),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** The rows after one place, in order: the one way in which the trail is walked. */
export async function readEntriesAfter(
  client: DatabaseClient,
  sequence: number,
  limit: number,
): Promise<AuditEntry[]> {
  const { rows } = await client.query<AuditRow>(
    `select ${COLUMNS} from deadbolt.audit_event where sequence > $1 order by sequence limit $2`,
    [sequence, limit],
  );
  return rows.map((row) => toEntry(row));
}

/** Postgres keeps neither a NUL nor half of a surrogate pair; people can type both into a form. */
function storable(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed().replaceAll("\0", "\uFFFD");
  if (Array.isArray(value)) return value.map((item) => storable(item));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [storable(name), storable(member)]),
  );
}

async function appendWithin(client: DatabaseClient, record: AuditRecord): Promise<AppendResult> {
  await client.query("select pg_advisory_xact_lock($1, $2)", [...AUDIT_LOCK]);
  // A statement of its own: it must see what the lock's last holder committed.
  const { rows } = await client.query<{ sequence: number; hash: string; existing: number | null }>(
    `select sequence, hash, (select sequence from deadbolt.audit_event where id = $1) as existing
     from deadbolt.audit_head`,
    [record.id],
  );
  const head = rows[0];
  if (!head) throw new Error("The audit trail has lost its head row: run the audit verification.");
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

/**
 * The audit trail in `deadbolt.audit_event`: append-only, without gaps, each row chained to the one before.
 * @param secrets values known to be secret, removed from every event
 * @param policyVersion of the policy in force, which every row names
 */
export function createAuditLog(
  database: Database,
  secrets: readonly string[] = [],
  policyVersion: () => string | undefined = () => undefined,
): AuditLog {
  return {
    async append(record, within) {
      const version = policyVersion();
      const kept = {
        ...record,
        data: storable(redact(record.data, secrets)) as Record<string, unknown>,
        ...(version === undefined ? {} : { policyVersion: version }),
      };
      return within
        ? appendWithin(within, kept)
        : database.transaction((client) => appendWithin(client, kept));
    },
    async list({ requestId }) {
      const { rows } = await database.query<AuditRow>(
        `select ${COLUMNS} from deadbolt.audit_event where request_id = $1 order by sequence`,
        [requestId],
      );
      return rows.map((row) => toEntry(row));
    },
    listAfter: (sequence, limit) => readEntriesAfter(database, sequence, limit),
  };
}
