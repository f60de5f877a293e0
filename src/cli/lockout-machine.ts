import { createConnector } from "../app/create-connector.ts";
import { atMost } from "../concurrency/timeout.ts";
import type { Config } from "../config.ts";
import type { Connector } from "../connectors/connector.ts";
import type { Database } from "../database/connect.ts";
import type { Logger } from "pino";
import { keepLastMembers } from "../people/last-known-members.ts";
import { createLookups } from "../people/lookups.ts";
import { createPeople, type People } from "../people/people.ts";
import { fallBackOnMemory } from "../people/without-slack.ts";
import type { Policy } from "../permission/schema.ts";
import type { PlaybookSettings } from "../playbook/playbook.ts";
import { createSlackClients } from "../slack/app.ts";
import { createDirectories } from "../slack/directories.ts";
import type { Lookups } from "../target/find.ts";

/** What a command on the machine reaches: Slack is asked, and not waited for. */
export interface Machine {
  database: Database;
  connector: Connector;
  people: People;
  lookups: Lookups;
  teamId: string;
  playbookSettings: PlaybookSettings;
  now: () => Date;
}

const SLACK_MILLISECONDS = 2_000;

/** Connects to the vendors, and to Slack as far as it answers. */
export async function openMachine(
  { config, log, database }: { config: Config; log: Logger; database: Database },
  policy: Policy,
): Promise<Machine> {
  const { connector } = await createConnector(config, log);
  const now = () => new Date();
  const clients = createSlackClients({ botToken: config.SLACK_BOT_TOKEN, apiUrl: config.SLACK_API_URL, log });
  const identity = await atMost(
    SLACK_MILLISECONDS,
    clients.interactive.auth.test().catch(() => undefined),
  );
  const teamId = config.SLACK_TEAM_ID ?? identity?.team_id ?? "";
  const { ordinary } = createDirectories(clients, teamId, config.DIRECTORY_SECONDS);
  const directory = keepLastMembers(ordinary, { database, policy: () => policy, log, now });
  const onCall = async (schedules: readonly string[]) =>
    new Map(schedules.map((name) => [name, "unknown" as const]));
  const lookups = createLookups(directory, connector, teamId, config.CLOUDFLARE_ACCOUNT_ID);
  return {
    database,
    connector,
    people: createPeople({ directory, database, policy: () => policy, teamId, onCall }),
    lookups: fallBackOnMemory(lookups, database, now()),
    teamId,
    playbookSettings: {
      cloudflareAccountId: config.CLOUDFLARE_ACCOUNT_ID,
      cloudflareZoneIds: config.CLOUDFLARE_ZONE_IDS,
      cloudflareBlockListId: config.CLOUDFLARE_BLOCK_LIST_ID,
      revokeAgainSeconds: config.LOCKOUT_REVOKE_AGAIN_SECONDS,
      slackTeamId: config.SLACK_ADMIN_TOKEN === undefined ? undefined : teamId,
    },
    now,
  };
}
