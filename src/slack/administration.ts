import { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { boltLogger } from "../log.ts";
import { SLACKS_OWN_TROUBLE, type SlackIdentity } from "./app.ts";
import { slackErrorCode } from "./slack-error.ts";

interface AdministrationOptions {
  adminToken: string;
  apiUrl: string;
  log: Logger;
}

const WRITE = "admin.users:write";
const READ = "admin.users:read";
const TIMEOUT = 10_000;

/**
 * Looks once at the token with which people are signed out of Slack. Only what could hit the wrong people stops a
 * start: a token that is not answered about, refused or lacks a scope is told in the log, and a lockout says by its
 * open door what is wrong. Zoom and Cloudflare are locked all the same.
 * @throws Error when the token is of another organization than the bot's, or of a bot
 */
export async function checkAdministration(
  { adminToken, apiUrl, log }: AdministrationOptions,
  bot: Pick<SlackIdentity, "teamId" | "enterpriseId">,
): Promise<void> {
  const client = new WebClient(adminToken, {
    slackApiUrl: apiUrl,
    timeout: TIMEOUT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
  });
  let answer: Awaited<ReturnType<typeof client.auth.test>>;
  try {
    answer = await client.auth.test();
  } catch (error) {
    const said = (error as { data?: { error?: string } }).data?.error;
    if (said === undefined || SLACKS_OWN_TROUBLE.has(said))
      log.warn({ slack: slackErrorCode(error) }, "Slack did not answer: SLACK_ADMIN_TOKEN is used unchecked");
    else
      log.error(
        { slack: said },
        "Slack does not accept SLACK_ADMIN_TOKEN: nobody is signed out of Slack with it",
      );
    return;
  }
  const { bot_id: botId, team_id: teamId, enterprise_id: enterpriseId, response_metadata: metadata } = answer;
  if (botId !== undefined && botId !== "")
    throw new Error("SLACK_ADMIN_TOKEN belongs to a bot. It must be a user token (xoxp-…).");
  const isOurs =
    bot.enterpriseId === undefined
      ? teamId === bot.teamId
      : enterpriseId === bot.enterpriseId || teamId === bot.enterpriseId;
  if (!isOurs)
    throw new Error(
      `SLACK_ADMIN_TOKEN is of another organization (${enterpriseId ?? teamId ?? "unknown"}) than SLACK_BOT_TOKEN (${bot.enterpriseId ?? bot.teamId}). Set the one of this organization, or take it out.`,
    );
  if (bot.enterpriseId === undefined)
    log.error("SLACK_ADMIN_TOKEN is set, and this workspace is in no Enterprise organization: Slack refuses");
  const scopes = metadata?.scopes;
  if (scopes === undefined) return;
  if (!scopes.includes(WRITE))
    log.error(`SLACK_ADMIN_TOKEN lacks the scope ${WRITE}: nobody can be signed out of Slack with it`);
  if (!scopes.includes(READ))
    log.warn(
      `SLACK_ADMIN_TOKEN lacks the scope ${READ}: that people are signed out of Slack is not provable`,
    );
}
