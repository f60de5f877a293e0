import type { DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";

/** What a vendor held before it was changed. */
export interface Snapshot {
  requestId: string;
  stepId: string;
  vendor: string;
  data: unknown;
  takenAt: Date;
}

/** Keeps what a vendor held before it was changed; the first one stays, later ones have seen the change. */
export async function keepSnapshot(client: DatabaseClient, snapshot: Snapshot): Promise<void> {
  await client.query(
    `insert into deadbolt.snapshot (request_id, step_id, vendor, data, taken_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [snapshot.requestId, snapshot.stepId, snapshot.vendor, JSON.stringify(snapshot.data), snapshot.takenAt],
  );
}

/** The same for several of one request. */
export async function keepSnapshots(
  client: DatabaseClient,
  requestId: string,
  snapshots: readonly Omit<Snapshot, "requestId">[],
): Promise<void> {
  if (snapshots.length === 0) return;
  const { text, values } = snapshotsInsert(requestId, snapshots);
  await client.query(text, values);
}

/** The statement that does so. */
export function snapshotsInsert(
  requestId: string,
  snapshots: readonly Omit<Snapshot, "requestId">[],
): Statement {
  return {
    text: `insert into deadbolt.snapshot (request_id, step_id, vendor, data, taken_at)
     select $1, one.step_id, one.vendor, one.data, one.taken_at
     from jsonb_to_recordset($2::jsonb) as one (step_id text, vendor text, data jsonb, taken_at timestamptz)
     on conflict do nothing`,
    values: [
      requestId,
      JSON.stringify(
        snapshots.map(({ stepId, vendor, data, takenAt }) => ({
          step_id: stepId,
          vendor,
          data,
          taken_at: takenAt,
        })),
      ),
    ],
  };
}

/** What was kept of a request, by the id of the step that kept it. */
export async function snapshotsOf(
  client: DatabaseClient,
  requestId: string,
): Promise<ReadonlyMap<string, Pick<Snapshot, "data" | "takenAt">>> {
  const { rows } = await client.query<{ step_id: string; data: unknown; taken_at: Date }>(
    "select step_id, data, taken_at from deadbolt.snapshot where request_id = $1",
    [requestId],
  );
  return new Map(rows.map((row) => [row.step_id, { data: row.data, takenAt: row.taken_at }]));
}
