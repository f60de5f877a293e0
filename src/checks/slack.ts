import { pino } from "pino";
import { checkAdministration } from "../slack/administration.ts";
import { SLACKS_OWN_TROUBLE } from "../slack/app.ts";
import { CLOCK_TOLERANCE_SECONDS } from "../slack/signature.ts";
import { askSlack, type SlackSaid } from "./ask-slack.ts";
import { findingsOf, type Finding } from "./finding.ts";

/** The settings about Slack. */
export interface SlackSettings {
  apiUrl: string;
  botToken: string;
  appToken: string | undefined;
  adminToken: string | undefined;
  teamId: string | undefined;
  appId: string | undefined;
}

/** What Slack said of the installed app. */
export interface InstalledApp {
  findings: Finding[];
  /** Our workspace; undefined where Slack did not accept the token, so that nothing more can be asked. */
  teamId?: string;
  /** The scopes of the bot token, where Slack said them. */
  scopes?: readonly string[];
}

const fault = findingsOf("slack", "fault");
const unchecked = findingsOf("slack", "unchecked");

/**
 * Looks at the installed app: its tokens, its scopes against those of the manifest, and whether it is the one of the
 * settings.
 * @param manifestScopes the bot scopes that the manifest asks for
 * @param now Unix milliseconds
 */
export async function installedApp(
  settings: SlackSettings,
  manifestScopes: readonly string[],
  now: () => number,
): Promise<InstalledApp> {
  const { apiUrl, botToken } = settings;
  const said = await askSlack(apiUrl, botToken, "auth.test");
  const { host } = new URL(apiUrl);
  if (!said.ok) return { findings: [refusedToken(said, host)] };
  const { team_id: teamId, bot_id: botId, enterprise_id: enterpriseId } = said.body as Record<string, string>;
  if (teamId === undefined || botId === undefined)
    return {
      findings: [
        fault(
          "SLACK_BOT_TOKEN",
          "Slack names no bot for this token.",
          "Copy the Bot User OAuth Token (xoxb-…) from the app's OAuth & Permissions page.",
        ),
      ],
    };
  const findings = [
    ...clockFindings(said, now()),
    ...scopeFindings(said, manifestScopes),
    ...teamFindings(settings, teamId),
    ...(await appFindings(settings, botId)),
    ...(await administrationFindings(settings, { teamId, enterpriseId })),
  ];
  return { findings, teamId: settings.teamId ?? teamId, scopes: said.scopes };
}

function refusedToken({ error = "no answer" }: SlackSaid, host: string): Finding {
  const isAnswer = /^[a-z_]+$/.test(error) && !SLACKS_OWN_TROUBLE.has(error);
  return isAnswer
    ? fault(
        "SLACK_BOT_TOKEN",
        `Slack does not accept the bot token (${error}).`,
        "Install the app to the workspace again, and copy the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.",
      )
    : fault(
        "SLACK_API_URL",
        `Slack (${host}) cannot be reached (${error}).`,
        `Let this machine reach https://${host}, and look at https://slack-status.com.`,
      );
}

/** Slack refuses nothing by our clock; we refuse its deliveries where the two disagree. */
function clockFindings({ date }: SlackSaid, now: number): Finding[] {
  if (date === undefined) return [];
  const seconds = Math.round((now - date) / 1_000);
  if (Math.abs(seconds) <= CLOCK_TOLERANCE_SECONDS / 5) return [];
  const isRefused = Math.abs(seconds) > CLOCK_TOLERANCE_SECONDS;
  return [
    {
      severity: isRefused ? "fault" : "warning",
      part: "clock",
      where: "this machine's clock",
      fault: `The clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? "ahead of" : "behind"} Slack's. Deliveries more than ${CLOCK_TOLERANCE_SECONDS} seconds off are refused.`,
      mend: "Set the clock by NTP: systemctl enable --now systemd-timesyncd, or chrony.",
    },
  ];
}

function scopeFindings({ scopes }: SlackSaid, wanted: readonly string[]): Finding[] {
  if (scopes === undefined) return [];
  const missing = wanted.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return [];
  return [
    fault(
      "manifest.yml",
      `The installed app lacks ${missing.length === 1 ? "the bot scope" : "these bot scopes"}: ${missing.join(", ")}.`,
      "Paste manifest.yml into the app's App Manifest page, save it, and install the app to the workspace again.",
    ),
  ];
}

function teamFindings({ teamId: wanted }: SlackSettings, teamId: string): Finding[] {
  // An organization-wide token is of the organization; the setting then names the workspace that is served.
  if (wanted === undefined || wanted === teamId || teamId.startsWith("E")) return [];
  return [
    fault(
      "SLACK_TEAM_ID",
      `The bot token is of the workspace ${teamId}, and SLACK_TEAM_ID names ${wanted}.`,
      `Set SLACK_TEAM_ID to ${teamId}, leave it out, or set the bot token of the other workspace.`,
    ),
  ];
}

async function appFindings(
  { apiUrl, botToken, appToken, appId }: SlackSettings,
  botId: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const bot = await askSlack(apiUrl, botToken, "bots.info", { bot: botId });
  const installed = (bot.body["bot"] as { app_id?: string } | undefined)?.app_id;
  if (installed !== undefined && appId !== undefined && installed !== appId)
    findings.push(
      fault(
        "SLACK_APP_ID",
        `The bot token is of the app ${installed}, and SLACK_APP_ID names ${appId}: every delivery would be refused.`,
        `Set SLACK_APP_ID to ${installed}, or leave it out.`,
      ),
    );
  if (appToken === undefined)
    return [
      ...findings,
      unchecked(
        "SLACK_SIGNING_SECRET",
        "Whether the signing secret, the commands and the request address are right shows only in a delivery.",
        "Type /deadbolt help in Slack. If the app does not respond, see docs/operating.md.",
      ),
    ];
  return [...findings, ...(await appTokenFindings(apiUrl, appToken, installed))];
}

/** Opening a Socket Mode connection is only asked for: nothing connects to it, and Slack forgets it. */
async function appTokenFindings(
  apiUrl: string,
  appToken: string,
  installed: string | undefined,
): Promise<Finding[]> {
  const mend =
    "Create an app-level token with the scope connections:write under Basic Information, App-Level Tokens, and switch Socket Mode on.";
  const opened = await askSlack(apiUrl, appToken, "apps.connections.open");
  if (!opened.ok)
    return [
      fault(
        "SLACK_APP_TOKEN",
        `Slack opens no Socket Mode connection (${opened.error ?? "no answer"}).`,
        mend,
      ),
    ];
  const said = await askSlack(apiUrl, appToken, "auth.test");
  const appId = said.body["app_id"];
  if (typeof appId !== "string" || installed === undefined || appId === installed) return [];
  return [
    fault(
      "SLACK_APP_TOKEN",
      `The app-level token is of the app ${appId}, and the bot token of ${installed}.`,
      "Create the app-level token in the same app as the bot token.",
    ),
  ];
}

/** The start looks at the token in the same way; here what it would log is collected. */
async function administrationFindings(
  { apiUrl, adminToken }: SlackSettings,
  bot: { teamId: string; enterpriseId: string | undefined },
): Promise<Finding[]> {
  if (adminToken === undefined) return [];
  const mend =
    "Create and install the second app as docs/setup.md, step 4, says, or take SLACK_ADMIN_TOKEN out.";
  const findings: Finding[] = [];
  const WARNING_LEVEL = 40;
  const log = pino(
    { level: "warn" },
    {
      write(line: string) {
        const { level, msg, slack } = JSON.parse(line) as { level: number; msg: string; slack?: string };
        const said = slack === undefined ? "" : ` (${slack})`;
        const severity = level > WARNING_LEVEL ? "fault" : "warning";
        findings.push(findingsOf("slack", severity)("SLACK_ADMIN_TOKEN", `${msg}${said}.`, mend));
      },
    },
  );
  try {
    await checkAdministration({ adminToken, apiUrl, log }, bot);
  } catch (error) {
    findings.push(fault("SLACK_ADMIN_TOKEN", (error as Error).message, mend));
  }
  return findings;
}
