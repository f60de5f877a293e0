import { writeEntries, type Entry } from "./entries.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";
import { createBatched } from "../database/batched.ts";
import { COLUMNS } from "./append.ts";
import { createAppendAtCommit } from "./append-at-commit.ts";
import type { AuditEvent } from "./event.ts";
import type { AppendResult, AuditRecord } from "./record.ts";
import { redact } from "./redact.ts";

/** One row of the trail: the event, its place, and what chains it to the row before. */
export interface AuditEntry extends AuditRecord {
  sequence: number;
  previousHash: string;
  hash: string;
}

/** How many events count as much as an entry with changes of other rows. */
const CHANGES_WEIGHT = 8;

/** One event of ours as it lies in the trail. */
export type RecordedEvent = AuditEvent &
  Pick<AuditEntry, "sequence" | "policyVersion" | "previousHash" | "hash">;

export interface AuditLog {
  /**
   * Adds one event, exactly once by its id: the first one stays. Secrets are removed first. Resolves when the row is
   * safe on disk. One is written after the other, and events that come while one is at work share the next write.
   * @throws when the row cannot be written: the caller must not go on as if it were
   */
  append(record: AuditRecord): Promise<AppendResult>;
  /**
   * Adds one event at the end of a transaction: it travels with the commit, so nobody waits for the chain meanwhile. A
   * row that cannot be written fails the transaction.
   * @param appended called once it is committed
   * @throws Error when the client is in no transaction
   */
  appendAtCommit(
    record: AuditRecord,
    client: DatabaseClient,
    appended?: (result: AppendResult) => void,
  ): void;
  /**
   * Adds these events together with changes of other rows, by one statement: all of it or nothing takes hold. Takes its
   * turn among the events that are added by themselves, and shares one wait for the disk with those beside it.
   * @param changes none of which looks at what another one does
   * @throws when any of it is refused; nothing is written then
   */
  appendWith(changes: readonly Statement[], records: readonly AuditRecord[]): Promise<void>;
  /** All events of one request, in order; as the transaction of `within` sees them, where one asks. */
  list(filter: { requestId: string }, within?: DatabaseClient): Promise<RecordedEvent[]>;
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

/**
 * The audit log in `deadbolt.audit_event`: append-only, without gaps, each row chained to the one before.
 * @param secrets values known to be secret, removed from every event
 * @param policyVersion of the policy in force, which every row names
 */
export function createAuditLog(
  database: Database,
  secrets: readonly string[] = [],
  policyVersion: () => string | undefined = () => undefined,
): AuditLog {
  // There is one chain, so one is written after the other: waiting here is cheaper than for the lock.
  const writeInTurn = createBatched(
    (entries: readonly Entry[]) => writeEntries(database, entries),
    // A statement of very many changes is slower than several of some.
    ({ changes }) => (changes.length === 0 ? 1 : CHANGES_WEIGHT),
  );
  const appendAtCommit = createAppendAtCommit();
  function storedRecord(record: AuditRecord): AuditRecord {
    const version = policyVersion();
    return {
      ...record,
      data: storable(redact(record.data, secrets)) as Record<string, unknown>,
      ...(version === undefined ? {} : { policyVersion: version }),
    };
  }
  return {
    async appendWith(changes, records) {
      await writeInTurn({ changes, records: records.map(storedRecord) });
    },
    appendAtCommit(record, client, appended = () => undefined) {
      appendAtCommit(client, { record: storedRecord(record), appended });
    },
    async append(record) {
      const [result] = await writeInTurn({ changes: [], records: [storedRecord(record)] });
      if (result === undefined) throw new Error("The audit log did not say what became of an event.");
      return result;
    },
    async list({ requestId }, within = database) {
      const { rows } = await within.query<AuditRow>(
        `select ${COLUMNS} from deadbolt.audit_event where request_id = $1 order by sequence`,
        [requestId],
      );
      // The trail holds what was appended, and the app appends nothing but its events.
      return rows.map((row) => toEntry(row) as unknown as RecordedEvent);
    },
    listAfter: (sequence, limit) => readEntriesAfter(database, sequence, limit),
  };
}
