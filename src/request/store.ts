import type { Database, DatabaseClient } from "../database/connect.ts";
import type { Plan } from "../plan/plan.ts";
import { forgetKeptInputs } from "./kept-input-store.ts";
import type { Request, RequestState } from "./request.ts";

/** One decision as it was written down at the click. */
export interface StoredDecision {
  personId: string;
  email?: string;
  verdict: "approve" | "deny";
  reason?: string;
  planHash: string;
  roles: string[];
  at: Date;
}

interface RequestRow {
  id: string;
  playbook: string;
  requester: Request["requester"];
  plan: Plan;
  state: RequestState;
  decision: Request["decision"];
  policy_version: string;
  channel: string;
  created_at: Date;
  expires_at: Date | null;
  decided_at: Date | null;
  started_at: Date | null;
  finished_at: Date | null;
}

const COLUMNS =
  "id, playbook, requester, plan, state, decision, policy_version, channel, created_at, expires_at, decided_at, started_at, finished_at";

function toRequest(row: RequestRow): Request {
  return {
    id: row.id,
    playbook: row.playbook,
    requester: row.requester,
    plan: row.plan,
    state: row.state,
    decision: row.decision,
    policyVersion: row.policy_version,
    channel: row.channel,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** Writes a new request; false when one with this id is there already, which then stays as it is. */
export async function insertRequest(client: DatabaseClient, request: Request): Promise<boolean> {
  const { plan } = request;
  const { rowCount } = await client.query(
    `insert into deadbolt.request (id, playbook, requester_id, requester, target_key, target, fields, plan,
       plan_hash, decision, state, policy_version, channel, created_at, expires_at, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (id) do nothing`,
    [
      request.id,
      request.playbook,
      request.requester.id,
      request.requester,
      // Where it is about no person, its name is what requests about the same thing share.
      (plan.target.email ?? plan.target.name).toLowerCase(),
      plan.target,
      plan.fields,
      plan,
      plan.hash,
      request.decision,
      request.state,
      request.policyVersion,
      request.channel,
      request.createdAt,
      request.expiresAt,
      request.decidedAt,
    ],
  );
  return rowCount === 1;
}

/** One request, or undefined. With `lock` nobody else can change it until the transaction ends. */
export async function findRequest(
  client: DatabaseClient,
  id: string,
  lock: "lock" | "read" = "read",
): Promise<Request | undefined> {
  const { rows } = await client.query<RequestRow>(
    `select ${COLUMNS} from deadbolt.request where id = $1 ${lock === "lock" ? "for update" : ""}`,
    [id],
  );
  return rows[0] === undefined ? undefined : toRequest(rows[0]);
}

const TIME_OF_STATE: Partial<Record<RequestState, string>> = {
  approved: "decided_at",
  denied: "decided_at",
  expired: "decided_at",
  cancelled: "decided_at",
  running: "started_at",
  done: "finished_at",
  partly_done: "finished_at",
  failed: "finished_at",
};

const ENDED: ReadonlySet<RequestState> = new Set([
  "done",
  "partly_done",
  "failed",
  "denied",
  "expired",
  "cancelled",
]);

/** Moves a request on; false when it is not in one of the states it may come from, and then nothing changes. */
export async function moveRequest(
  client: DatabaseClient,
  id: string,
  from: readonly RequestState[],
  to: RequestState,
  at: Date,
): Promise<boolean> {
  const time = TIME_OF_STATE[to];
  const { rowCount } = await client.query(
    `update deadbolt.request set state = $2 ${time === undefined ? "" : `, ${time} = coalesce(${time}, $4)`}
     where id = $1 and state = any($3) ${time === undefined ? "and $4::timestamptz is not null" : ""}`,
    [id, to, from, at],
  );
  if (rowCount !== 1) return false;
  if (ENDED.has(to)) await forgetKeptInputs(client, id);
  return true;
}

/** The newest requests of one person, at most `limit`. */
export async function recentRequestsOf(
  client: DatabaseClient,
  requesterId: string,
  limit: number,
): Promise<Request[]> {
  const { rows } = await client.query<RequestRow>(
    `select ${COLUMNS} from deadbolt.request where requester_id = $1
     order by created_at desc, id desc limit $2`,
    [requesterId, limit],
  );
  return rows.map((row) => toRequest(row));
}

/** Ids of requests that were decided but have not ended: each must have a run. */
export async function unfinishedRequests(client: DatabaseClient): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "select id from deadbolt.request where state in ('approved', 'running') order by created_at, id",
  );
  return rows.map((row) => row.id);
}

/** Ids of pending requests whose time is over. */
export async function overdueRequests(client: DatabaseClient, now: Date, limit: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "select id from deadbolt.request where state = 'pending' and expires_at <= $1 order by expires_at limit $2",
    [now, limit],
  );
  return rows.map((row) => row.id);
}

/** Writes a decision; false when this person has decided this request before. */
export async function insertDecision(
  client: DatabaseClient,
  requestId: string,
  decision: StoredDecision,
): Promise<boolean> {
  const { personId, email, verdict, reason, planHash, roles, at } = decision;
  const { rowCount } = await client.query(
    `insert into deadbolt.decision (id, request_id, person_id, email, verdict, reason, plan_hash, roles, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      `${requestId}:${personId}`,
      requestId,
      personId,
      email ?? null,
      verdict,
      reason ?? null,
      planHash,
      JSON.stringify(roles),
      at,
    ],
  );
  return rowCount === 1;
}

/** All decisions of a request in the order of the clicks. */
export async function decisionsOf(client: DatabaseClient, requestId: string): Promise<StoredDecision[]> {
  const { rows } = await client.query<{
    person_id: string;
    email: string | null;
    verdict: "approve" | "deny";
    reason: string | null;
    plan_hash: string;
    roles: string[];
    at: Date;
  }>(
    "select person_id, email, verdict, reason, plan_hash, roles, at from deadbolt.decision where request_id = $1 order by at, id",
    [requestId],
  );
  return rows.map((row) => ({
    personId: row.person_id,
    ...(row.email === null ? {} : { email: row.email }),
    verdict: row.verdict,
    ...(row.reason === null ? {} : { reason: row.reason }),
    planHash: row.plan_hash,
    roles: row.roles,
    at: row.at,
  }));
}

/** Keeps what a vendor held before it was changed; the first one stays, later ones have seen the change. */
export async function keepSnapshot(
  database: Database,
  snapshot: { requestId: string; stepId: string; vendor: string; data: unknown; takenAt: Date },
): Promise<void> {
  await database.query(
    `insert into deadbolt.snapshot (request_id, step_id, vendor, data, taken_at)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [snapshot.requestId, snapshot.stepId, snapshot.vendor, JSON.stringify(snapshot.data), snapshot.takenAt],
  );
}
