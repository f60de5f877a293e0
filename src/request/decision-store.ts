import type { DatabaseClient } from "../database/connect.ts";

/** One decision as it was written down at the click. */
export interface StoredDecision {
  personId: string;
  email?: string;
  verdict: "approve" | "deny";
  reason?: string;
  planHash: string;
  roles: string[];
  /** Whether a one-time password came with it. */
  secondFactor: boolean;
  at: Date;
}

/** Writes a decision; false when there is one with this id. */
export async function insertDecision(
  client: DatabaseClient,
  requestId: string,
  decision: StoredDecision & { id: string },
): Promise<boolean> {
  const { id, personId, email, verdict, reason, planHash, roles, secondFactor, at } = decision;
  const { rowCount } = await client.query(
    `insert into deadbolt.decision (id, request_id, person_id, email, verdict, reason, plan_hash, roles, second_factor, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      id,
      requestId,
      personId,
      email ?? null,
      verdict,
      reason ?? null,
      planHash,
      JSON.stringify(roles),
      secondFactor,
      at,
    ],
  );
  return rowCount === 1;
}

/** All decisions of a request that are in force, in the order of the clicks. */
export async function decisionsOf(client: DatabaseClient, requestId: string): Promise<StoredDecision[]> {
  const { rows } = await client.query<{
    person_id: string;
    email: string | null;
    verdict: "approve" | "deny";
    reason: string | null;
    plan_hash: string;
    roles: string[];
    second_factor: boolean;
    at: Date;
  }>(
    `select person_id, email, verdict, reason, plan_hash, roles, second_factor, at from deadbolt.decision
     where request_id = $1 and voided_at is null order by at, id`,
    [requestId],
  );
  return rows.map((row) => ({
    personId: row.person_id,
    email: row.email ?? undefined,
    verdict: row.verdict,
    reason: row.reason ?? undefined,
    planHash: row.plan_hash,
    roles: row.roles,
    secondFactor: row.second_factor,
    at: row.at,
  }));
}

/**
 * Takes decisions out of force; those people may decide again, if they still may.
 * @param personIds whose; everyone's without it
 */
export async function voidDecisions(
  client: DatabaseClient,
  requestId: string,
  at: Date,
  personIds?: readonly string[],
): Promise<void> {
  await client.query(
    `update deadbolt.decision set voided_at = $2
     where request_id = $1 and voided_at is null and ($3::text[] is null or person_id = any($3))`,
    [requestId, at, personIds ?? null],
  );
}
