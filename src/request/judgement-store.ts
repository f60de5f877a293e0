import type { DatabaseClient } from "../database/connect.ts";
import type { Statement } from "../database/statement.ts";

/** One question that the permission check answered, with all that it knew. */
export interface Judgement {
  id: string;
  at: Date;
  answer: "allowed" | "needs_approval" | "denied";
  rule: string;
  policyVersion: string;
  /** JSON. */
  question: unknown;
}

/** Keeps a judgement; the first one of a submission stays. */
export async function insertJudgement(client: DatabaseClient, judgement: Judgement): Promise<void> {
  const { text, values } = judgementInsert(judgement);
  await client.query(text, values);
}

/** The statement that does so. */
export function judgementInsert(judgement: Judgement): Statement {
  const { id, at, answer, rule, policyVersion, question } = judgement;
  return {
    text: `insert into deadbolt.judgement (id, at, answer, rule, policy_version, question)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    values: [id, at, answer, rule, policyVersion, JSON.stringify(question)],
  };
}

/** Judgements from a moment on, in their order, at most `limit` after the one given. */
export async function judgementsSince(
  client: DatabaseClient,
  since: Date,
  after: { at: Date; id: string } | undefined,
  limit: number,
): Promise<Judgement[]> {
  const { rows } = await client.query<{
    id: string;
    at: Date;
    answer: Judgement["answer"];
    rule: string;
    policy_version: string;
    question: unknown;
  }>(
    `select id, at, answer, rule, policy_version, question from deadbolt.judgement
     where at >= $1 and (at, id) > ($2, $3) order by at, id limit $4`,
    [since, after?.at ?? since, after?.id ?? "", limit],
  );
  return rows.map(({ policy_version: policyVersion, ...row }) => ({ ...row, policyVersion }));
}
