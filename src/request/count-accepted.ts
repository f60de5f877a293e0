import type { DatabaseClient } from "../database/connect.ts";

/** How often a vendor has accepted one operation on one Zoom user since a moment, at most a hundred. */
export async function countAccepted(
  client: DatabaseClient,
  operation: string,
  zoomUserId: string,
  since: Date,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from (
       select 1 from deadbolt.request as request
       where playbook = $1 and started_at is not null and target ->> 'zoomUserId' = $2
         -- What ran for long may have been answered after it was started.
         and started_at > $3::timestamptz - interval '1 hour'
         and exists (
           select 1 from deadbolt.audit_event as event
           where event.request_id = request.id and event.type = 'step.answered'
             and event.data ->> 'operation' = $1 and event.data ->> 'accepted' = 'true' and event.at > $3
         )
       limit 100
     ) as accepted`,
    [operation, zoomUserId, since],
  );
  return rows[0]?.count ?? 0;
}
