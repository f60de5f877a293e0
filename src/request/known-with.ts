import type { DatabaseClient } from "../database/connect.ts";

/**
 * Slack ids that belonged together with one of these addresses or vendor ids before: as someone whom a request was
 * about, as someone who asked, or as Slack showed them.
 * @param known emails in lower case
 */
export async function slackIdsKnownWith(
  client: DatabaseClient,
  known: { emails: readonly string[]; zoomUserId?: string; cloudflareUserId?: string },
): Promise<string[]> {
  const { rows } = await client.query<{ slack_id: string }>(
    `select target ->> 'slackId' as slack_id from deadbolt.request
     where target ? 'slackId' and (lower(target ->> 'email') = any($1) or lower(target ->> 'zoomEmail') = any($1)
       or lower(target ->> 'cloudflareEmail') = any($1)
       or target ->> 'zoomUserId' = $2 or target ->> 'cloudflareUserId' = $3)
     union select requester_id from deadbolt.request where lower(requester ->> 'email') = any($1)
     union select slack_id from deadbolt.person_address where email = any($1)`,
    [known.emails, known.zoomUserId ?? null, known.cloudflareUserId ?? null],
  );
  return rows.map((row) => row.slack_id);
}
