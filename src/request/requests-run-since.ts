import type { DatabaseClient } from "../database/connect.ts";
import type { Plan } from "../plan/plan.ts";

/** A request about someone that was run, whatever became of its steps. */
export interface RunRequest {
  id: string;
  playbook: string;
  startedAt: Date;
  steps: Pick<Plan["steps"][number], "operation" | "input" | "chosen">[];
}

/**
 * Requests about someone, by their e-mails, that ended after a moment or are still at work; in the order in which they
 * began.
 */
export async function requestsRunSince(
  client: DatabaseClient,
  emails: readonly string[],
  since: Date,
): Promise<RunRequest[]> {
  const { rows } = await client.query<{
    id: string;
    playbook: string;
    started_at: Date;
    steps: RunRequest["steps"];
  }>(
    `select id, playbook, started_at, plan -> 'steps' as steps from deadbolt.request
     where target_key = any($1) and started_at is not null and coalesce(finished_at, 'infinity') >= $2
     order by started_at, id`,
    [emails.map((email) => email.toLowerCase()), since],
  );
  return rows.map(({ id, playbook, started_at: startedAt, steps }) => ({ id, playbook, startedAt, steps }));
}
