import type { Plan } from "../plan/plan.ts";
import type { DatabaseClient } from "../database/connect.ts";
import { REQUEST_COLUMNS, toRequest, type RequestRow } from "./request-row.ts";
import type { Request } from "./request.ts";

/** The newest requests of one person, at most `limit`. */
export async function recentRequestsOf(
  client: DatabaseClient,
  requesterId: string,
  limit: number,
): Promise<Request[]> {
  const { rows } = await client.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from deadbolt.request where requester_id = $1
     order by created_at desc, id desc limit $2`,
    [requesterId, limit],
  );
  return rows.map((row) => toRequest(row));
}

/** Requests that wait for a decision, the most urgent first. */
export async function pendingRequests(client: DatabaseClient, now: Date, limit: number): Promise<Request[]> {
  const { rows } = await client.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from deadbolt.request where state = 'pending' and expires_at > $1
     order by expires_at, id limit $2`,
    [now, limit],
  );
  return rows.map((row) => toRequest(row));
}

/** Requests that were decided but have not ended, and are not to be tried later only: each must have a run. */
export async function unfinishedRequests(
  client: DatabaseClient,
  now: Date,
): Promise<{ id: string; attempt: number; playbook: string }[]> {
  const { rows } = await client.query<{ id: string; attempt: number; playbook: string }>(
    `select id, attempt, playbook from deadbolt.request
     where state in ('approved', 'running') and (state = 'running' or coalesce(next_deadline <= $1, true))
       -- Whoever wrote it down just now is about to start it.
       and (state = 'approved' or coalesce(started_at < $1 - interval '3 seconds', true))
     order by created_at, id`,
    [now],
  );
  return rows;
}

/** Ids of waiting requests that need looking after: a reminder, an escalation or their expiry is due. */
export async function dueRequests(client: DatabaseClient, now: Date, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "select id from deadbolt.request where state = 'pending' and next_deadline <= $1 order by next_deadline limit $2",
    [now, limit],
  );
  return rows.map((row) => row.id);
}

/** Ids of waiting requests that were made by someone under one of these names (ids, and e-mails in lower case). */
export async function waitingRequestsOf(client: DatabaseClient, names: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from deadbolt.request
     where state in ('pending', 'scheduled') and (lower(requester_id) = any($1) or lower(requester ->> 'email') = any($1))
     order by created_at, id`,
    [names],
  );
  return rows.map((row) => row.id);
}

/** Ids of the requests that wait or run about someone whom `isAbout` knows. */
export async function openRequestsAbout(
  client: DatabaseClient,
  isAbout: (target: Plan["target"]) => boolean,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string; target: Plan["target"] }>(
    `select id, target from deadbolt.request
     where state in ('pending', 'scheduled', 'approved', 'running') order by created_at, id`,
  );
  return rows.filter(({ target }) => isAbout(target)).map(({ id }) => id);
}
