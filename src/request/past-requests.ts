import type { DatabaseClient } from "../database/connect.ts";

/** A request that was made before, as far as limits count it. */
export interface StoredPastRequest {
  at: Date;
  playbook: string;
  operations: string[];
  requesterId: string;
  requesterEmail: string | null;
  brokeGlass: boolean;
}

/**
 * Requests that were made since a moment, whatever became of them.
 * @param only names: of the person who is known by one of these (in lower case), everyone's without it; except: not this one
 */
export async function requestsSince(
  client: DatabaseClient,
  since: Date,
  only: { names?: readonly string[]; except?: string | undefined } = {},
): Promise<StoredPastRequest[]> {
  const { rows } = await client.query<{
    made_at: Date;
    playbook: string;
    operations: string[];
    requester_id: string;
    email: string | null;
    broke_glass: boolean;
  }>(
    `select coalesce(changed_at, created_at) as made_at, playbook, jsonb_path_query_array(plan, '$.steps[*].operation') as operations,
       requester_id, requester ->> 'email' as email, decision ? 'skipped' as broke_glass
     from deadbolt.request
     where coalesce(changed_at, created_at) > $1 and ($2::text[] is null or lower(requester_id) = any($2) or lower(requester ->> 'email') = any($2))
       and id is distinct from $3
     order by made_at`,
    [since, only.names ?? null, only.except ?? null],
  );
  return rows.map((row) => ({
    at: row.made_at,
    playbook: row.playbook,
    operations: row.operations,
    requesterId: row.requester_id,
    requesterEmail: row.email,
    brokeGlass: row.broke_glass,
  }));
}
