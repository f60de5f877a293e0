import type { DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";
import { forgetSealedInputs } from "./sealed-input-store.ts";
import { REQUEST_COLUMNS, toRequest, type RequestRow } from "./request-row.ts";
import type { Request, RequestState } from "./request.ts";

/** Writes a new request; false when one with this id is there already, which then stays as it is. */
export async function insertRequest(client: DatabaseClient, request: Request): Promise<boolean> {
  const { text, values } = requestInsert(request);
  const { rowCount } = await client.query(`${text} on conflict (id) do nothing`, values);
  return rowCount === 1;
}

/** The statement that writes a new request, and fails where one with this id is there. */
export function requestInsert(request: Request): Statement {
  const { plan } = request;
  return {
    text: `insert into deadbolt.request (id, playbook, requester_id, requester, target_key, target, fields, plan,
       plan_hash, decision, state, policy_version, channel, created_at, expires_at, decided_at, next_deadline,
       thread_of, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    values: [
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
      request.nextDeadline,
      request.threadOf ?? null,
      request.startedAt,
    ],
  };
}

/** One request, or undefined. With `lock` nobody else can change it until the transaction ends. */
export async function findRequest(
  client: DatabaseClient,
  id: string,
  lock: "lock" | "read" = "read",
): Promise<Request | undefined> {
  const { rows } = await client.query<RequestRow>(
    `select ${REQUEST_COLUMNS} from deadbolt.request where id = $1 ${lock === "lock" ? "for update" : ""}`,
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
       ${to === "approved" ? ", next_deadline = null" : ""}
     where id = $1 and state = any($3) ${time === undefined ? "and $4::timestamptz is not null" : ""}`,
    [id, to, from, at],
  );
  if (rowCount !== 1) return false;
  if (ENDED.has(to)) await forgetSealedInputs(client, id);
  return true;
}

export async function setNextDeadline(client: DatabaseClient, id: string, at: Date | null): Promise<void> {
  await client.query("update deadbolt.request set next_deadline = $2 where id = $1", [id, at]);
}

/**
 * Puts an approved request back: to `pending`, where people have to decide again, or to another try of its run.
 * @returns false when it is no longer approved, and then nothing changes
 */
export async function putBack(
  client: DatabaseClient,
  id: string,
  to: "pending" | "approved",
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update deadbolt.request set state = $2, attempt = attempt + 1,
       decided_at = case when $2 = 'pending' then null else decided_at end
     where id = $1 and state = 'approved'`,
    [id, to],
  );
  return rowCount === 1;
}

/** Puts an ended request back to be run once more: what failed of it. False when it has not ended so. */
export async function runOnceMore(client: DatabaseClient, id: string, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `update deadbolt.request set state = 'approved', attempt = attempt + 1, round = round + 1,
       decided_at = $2, finished_at = null, next_deadline = null
     where id = $1 and state in ('done', 'partly_done', 'failed')`,
    [id, at],
  );
  return rowCount === 1;
}

/** Gives a waiting request another plan, which is decided and run as a try of its own. */
export async function replacePlan(
  client: DatabaseClient,
  request: Pick<Request, "id" | "plan" | "decision" | "policyVersion" | "expiresAt" | "nextDeadline">,
  at: Date,
): Promise<void> {
  const { id, plan, decision, policyVersion, expiresAt, nextDeadline } = request;
  await client.query(
    `update deadbolt.request set plan = $2, plan_hash = $3, fields = $4, target = $5, target_key = $6,
       decision = $7, policy_version = $8, expires_at = $9, next_deadline = $10, changed_at = $11,
       attempt = attempt + 1
     where id = $1`,
    [
      id,
      plan,
      plan.hash,
      plan.fields,
      plan.target,
      (plan.target.email ?? plan.target.name).toLowerCase(),
      decision,
      policyVersion,
      expiresAt,
      nextDeadline,
      at,
    ],
  );
}
