import { pino } from "pino";
import { createConnector } from "../app/create-connector.ts";
import { channelFindings } from "../checks/channels.ts";
import { cloudflareFindings } from "../checks/cloudflare.ts";
import type { Finding } from "../checks/finding.ts";
import { listWorkspace, type ListedGroup } from "../checks/slack-people.ts";
import { installedApp, type InstalledApp } from "../checks/slack.ts";
import { zoomFindings } from "../checks/zoom.ts";
import { loadConfig, type Config } from "../config.ts";
import { createSlackClients } from "../slack/app.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { readPolicyFile } from "../checks/policy.ts";
import { manifestScopes } from "./manifest.ts";

type Values = Readonly<Record<string, string>>;

const log = pino({ level: "silent" });

/** What is not answered yet: only the settings that are looked at count. */
const UNANSWERED: Values = {
  SLACK_BOT_TOKEN: "xoxb-unanswered",
  SLACK_SIGNING_SECRET: "unanswered",
  DEADBOLT_CHANNEL: "C0UNANSWERED",
  ZOOM_ACCOUNT_ID: "unanswered",
  ZOOM_CLIENT_ID: "unanswered",
  ZOOM_CLIENT_SECRET: "unanswered",
};

function configOf(values: Values): Config {
  const { DATABASE_URL: _database, KEYV_URL: _store, ...others } = values;
  return loadConfig({ ...UNANSWERED, ...others });
}

async function appOf(config: Config): Promise<InstalledApp> {
  const settings = {
    apiUrl: config.SLACK_API_URL,
    botToken: config.SLACK_BOT_TOKEN,
    appToken: config.SLACK_APP_TOKEN,
    adminToken: undefined,
    teamId: config.SLACK_TEAM_ID,
    appId: config.SLACK_APP_ID,
  };
  return installedApp(settings, await manifestScopes(), Date.now);
}

export async function slackLook(values: Values): Promise<readonly Finding[]> {
  return (await appOf(configOf(values))).findings;
}

export async function channelLook(values: Values): Promise<readonly Finding[]> {
  const config = configOf(values);
  const { scopes = [] } = await appOf(config);
  const { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken } = config;
  const { background } = createSlackClients({ botToken, apiUrl, log });
  return channelFindings(
    background,
    { apiUrl, botToken, scopes },
    "DEADBOLT_CHANNEL",
    config.DEADBOLT_CHANNEL,
  );
}

export async function zoomLook(values: Values): Promise<readonly Finding[]> {
  const config = configOf(values);
  const [{ zoom }, { policy }] = await Promise.all([
    createConnector(config, log),
    readPolicyFile(config.POLICY_FILE, KNOWN_PLAYBOOKS),
  ]);
  return zoomFindings(zoom, policy, KNOWN_PLAYBOOKS);
}

export async function cloudflareLook(values: Values): Promise<readonly Finding[]> {
  const config = configOf(values);
  const { connector } = await createConnector(config, log);
  return cloudflareFindings((operation, input) => connector.execute(operation, input), config);
}

/** The active user groups of the workspace. @throws what Slack's client throws */
export async function listGroups(values: Values): Promise<ListedGroup[]> {
  const config = configOf(values);
  const { teamId = "" } = await appOf(config);
  const { background } = createSlackClients({
    botToken: config.SLACK_BOT_TOKEN,
    apiUrl: config.SLACK_API_URL,
    log,
  });
  const { groups } = await listWorkspace(background, teamId);
  return [...groups.values()].filter(({ isDisabled }) => !isDisabled);
}
