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

/** Keeps what vendors held before it was changed; the first one of each step stays, later ones have seen the change. */
export async function keepSnapshots(client: DatabaseClient, snapshots: readonly Snapshot[]): Promise<void> {
  if (snapshots.length === 0) return;
  const { text, values } = snapshotsInsert(snapshots);
  await client.query(text, values);
}

/** The statement that does so. */
export function snapshotsInsert(snapshots: readonly Snapshot[]): Statement {
  return {
    text: `insert into deadbolt.snapshot (request_id, step_id, vendor, data, taken_at)
     select one.request_id, one.step_id, one.vendor, one.data, one.taken_at
     from jsonb_to_recordset($1::jsonb) as one
       (request_id text, step_id text, vendor text, data jsonb, taken_at timestamptz)
     on conflict do nothing`,
    values: [
      JSON.stringify(
        snapshots.map(({ requestId, stepId, vendor, data, takenAt }) => ({
          request_id: requestId,
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
