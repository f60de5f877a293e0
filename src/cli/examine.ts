import { fileURLToPath } from "node:url";
import { pino, type Logger } from "pino";
import { createConnector } from "../app/create-connector.ts";
import { channelFindings } from "../checks/channels.ts";
import { cloudflareFindings } from "../checks/cloudflare.ts";
import { databaseFindings } from "../checks/database.ts";
import { findingsOf, type Finding, type Part } from "../checks/finding.ts";
import { dataDirectoryFindings, freeBytes, type FreeBytes } from "../checks/data-directory.ts";
import { fileFindings, nodeFindings, portFindings } from "../checks/machine.ts";
import { onCallFindings } from "../checks/on-call.ts";
import { policyPeopleFindings } from "../checks/policy-people.ts";
import { readPolicyFile } from "../checks/policy.ts";
import { listWorkspace } from "../checks/slack-people.ts";
import { installedApp } from "../checks/slack.ts";
import { zoomFindings } from "../checks/zoom.ts";
import { ConfigError, loadConfig, secretsOf, type Config } from "../config.ts";
import { createOnCallProviders } from "../people/on-call-now.ts";
import type { Policy } from "../permission/schema.ts";
import { createSlackClients } from "../slack/app.ts";
import { slackErrorCode } from "../slack/slack-error.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { policyFile } from "./command.ts";
import { manifestScopes } from "./manifest.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What was found, and which parts were looked at. */
export interface Examination {
  findings: Finding[];
  parts: Part[];
}

/** What a test gives in place of this machine. */
export interface Machine {
  folder: string;
  free: FreeBytes;
  now: () => number;
  nodeVersion: string;
}

const THIS_MACHINE: Machine = {
  folder: process.cwd(),
  free: freeBytes,
  now: Date.now,
  nodeVersion: process.versions.node,
};

/**
 * Looks at a whole set-up by reads only. What cannot be checked because of an earlier fault is left out, so that one
 * mistake is one finding.
 */
export async function examine(
  environment: NodeJS.ProcessEnv,
  machine: Machine = THIS_MACHINE,
): Promise<Examination> {
  const [node, files, policy] = await Promise.all([
    nodeFindings(ROOT, machine.nodeVersion),
    fileFindings(environment, machine.folder),
    readPolicyFile(policyFile(environment), KNOWN_PLAYBOOKS),
  ]);
  const parts: Part[] = ["node", "files", "settings", "policy"];
  const read = readSettings(environment);
  if (read.config === undefined)
    return { findings: [...node, ...files, ...read.findings, ...policy.findings], parts };
  const { config } = read;
  const log = pino({ level: "silent" });
  const [slack, vendors, database, port] = await Promise.all([
    slackFindings(config, policy.policy, machine, log),
    vendorFindings(config, policy.policy, log),
    config.DATABASE_URL === undefined
      ? dataDirectoryFindings(config.DATA_DIR, machine.free)
      : databaseFindings(config.DATABASE_URL, log),
    portFindings(config.HOST, config.PORT),
  ]);
  const found = [...node, ...files, ...policy.findings, ...slack, ...vendors, ...database, ...port];
  const hasCloudflare = hasCloudflareSettings(config);
  const looked: Part[] = [...parts, "slack", "channel", "user groups", "clock", "zoom"];
  if (hasCloudflare) looked.push("cloudflare");
  if (policy.policy?.on_call !== undefined) looked.push("on call");
  looked.push("database", "port");
  return { findings: inOrder(withoutSecrets(withoutEchoes(found), secretsOf(config))), parts: looked };
}

function readSettings(environment: NodeJS.ProcessEnv): { config?: Config; findings: Finding[] } {
  try {
    return { config: loadConfig(environment), findings: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const findings = error.faults.map((sentence) => {
      const [, name = ".env", rest = sentence] = /^([A-Z][A-Z_]+) (.*)$/s.exec(sentence) ?? [];
      const mend = `Correct ${name} in .env; docs/settings.md says what it is, docs/setup.md where it is found.`;
      return findingsOf("settings", "fault")(name, `${name} ${rest}.`, mend);
    });
    return { findings };
  }
}

async function slackFindings(
  config: Config,
  policy: Policy | undefined,
  { now }: Machine,
  log: Logger,
): Promise<Finding[]> {
  const { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken } = config;
  const app = await installedApp(
    {
      apiUrl,
      botToken,
      appToken: config.SLACK_APP_TOKEN,
      adminToken: config.SLACK_ADMIN_TOKEN,
      teamId: config.SLACK_TEAM_ID,
      appId: config.SLACK_APP_ID,
    },
    await manifestScopes(),
    now,
  );
  const { teamId, scopes = [] } = app;
  // What a scope is lacking for cannot be told from what is missing.
  if (teamId === undefined || app.findings.some(({ where }) => where === "manifest.yml")) return app.findings;
  const { background: client } = createSlackClients({ botToken, apiUrl, log });
  const channels = [
    ["DEADBOLT_CHANNEL", config.DEADBOLT_CHANNEL] as const,
    ...(config.INCIDENT_CHANNEL === undefined || config.INCIDENT_CHANNEL === config.DEADBOLT_CHANNEL
      ? []
      : [["INCIDENT_CHANNEL", config.INCIDENT_CHANNEL] as const]),
  ];
  const [inChannels, people, onCall] = await Promise.all([
    Promise.all(
      channels.map(([setting, channel]) =>
        channelFindings(client, { apiUrl, botToken, scopes }, setting, channel),
      ),
    ),
    policy === undefined
      ? []
      : listWorkspace(client, teamId)
          .then((workspace) => policyPeopleFindings(policy, workspace))
          .catch((error: unknown) => [unread(error)]),
    policy === undefined ? [] : onCallFindings(policy, createOnCallProviders(config, log)),
  ]);
  return [...app.findings, ...inChannels.flat(), ...people, ...onCall];
}

function unread(error: unknown): Finding {
  return findingsOf("user groups", "unchecked")(
    "policy.yml",
    `Slack did not list people and user groups (${slackErrorCode(error)}), so the policy was not compared with them.`,
    "Run deadbolt doctor again in a minute.",
  );
}

function hasCloudflareSettings(config: Config): boolean {
  return config.CLOUDFLARE_API_TOKEN !== undefined || config.CLOUDFLARE_API_KEY !== undefined;
}

async function vendorFindings(config: Config, policy: Policy | undefined, log: Logger): Promise<Finding[]> {
  // Tokens stay with this process: what shares them between instances may be what is at fault.
  const alone = { ...config, DATABASE_URL: undefined, KEYV_URL: undefined };
  const { connector, zoom } = await createConnector(alone, log);
  const [ofZoom, ofCloudflare] = await Promise.all([
    zoomFindings(zoom, policy, KNOWN_PLAYBOOKS),
    hasCloudflareSettings(config)
      ? cloudflareFindings((operation, input) => connector.execute(operation, input), config)
      : [],
  ]);
  return [...ofZoom, ...ofCloudflare];
}

/** What the policy's text warns of, and Slack's people show to be a fault, is one finding. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const faults = findings.filter(({ severity, part }) => severity === "fault" && part === "policy");
  return findings.filter(
    ({ severity, part, where, fault }) =>
      severity !== "warning" ||
      part !== "policy" ||
      !faults.some((other) => other.fault === fault || placeOf(where).startsWith(rulePlace(other.where))),
  );
}

/** The place within the policy, such as `approvals[0].count`. */
function placeOf(where: string): string {
  return where.split(", ").at(-1) ?? where;
}

function rulePlace(where: string): string {
  const place = placeOf(where);
  return /^(approvals|protected)\[/.test(place) ? place : "\0";
}

/** Whatever a vendor or a library said. */
function withoutSecrets(findings: readonly Finding[], secrets: readonly string[]): Finding[] {
  const known = secrets.filter((secret) => secret.length >= 6);
  const clean = (text: string) => known.reduce((left, secret) => left.replaceAll(secret, "[secret]"), text);
  return findings.map((one) => ({ ...one, fault: clean(one.fault), mend: clean(one.mend) }));
}

const ORDER = ["fault", "warning", "unchecked"] as const;

function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
}
