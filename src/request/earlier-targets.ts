import type { DatabaseClient } from "../database/connect.ts";
import type { Plan } from "../plan/plan.ts";

const MOST = 50;

/** Whom earlier requests were about that name one of these Slack accounts or e-mails, the newest first. */
export async function earlierTargets(
  client: DatabaseClient,
  { slackIds, emails }: { slackIds: readonly string[]; emails: readonly string[] },
): Promise<Plan["target"][]> {
  const { rows } = await client.query<{ target: Plan["target"] }>(
    `select target from deadbolt.request where target_key = any($1) or target ->> 'slackId' = any($2)
     order by created_at desc, id desc limit ${MOST}`,
    [emails.map((email) => email.toLowerCase()), slackIds],
  );
  return rows.map(({ target }) => target);
}
