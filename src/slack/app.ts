import bolt, { type App as BoltApp } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { boltLogger } from "../log.ts";
import { appByKind } from "./app-by-kind.ts";
import { lightFetch } from "./undici-fetch.ts";
import { readingBodies } from "./delivery-body.ts";
import { slackErrorCode } from "./slack-error.ts";
import { createSocketMode, type SocketMode } from "./socket-mode.ts";

const { App, HTTPReceiver, LogLevel } = bolt;

export interface SlackOptions {
  botToken: string;
  signingSecret?: string;
  appToken?: string;
  apiUrl: string;
  log: Logger;
}

/** Who we are in Slack, as `auth.test` says. */
export interface SlackIdentity {
  teamId: string;
  botUserId: string;
  botId: string;
  /** The Enterprise organization that the workspace belongs to, where it does. */
  enterpriseId?: string;
  /** The app is installed on all of that organization, and not in one workspace. */
  isOrganizationWide: boolean;
  /** The app that the bot is of; undefined where Slack did not say. */
  appId?: string;
  /** The scopes of the bot, as Slack named them with its answer. */
  scopes?: readonly string[];
  /** The workspace's address, with a slash at its end. */
  url?: string;
}

export interface SlackClients {
  /** Answers people: short timeout, no retries, since a trigger lives 3 seconds. */
  interactive: WebClient;
  /** Tells the story: patient, but leaves retrying to the queue of what is still to be posted. */
  background: WebClient;
}

export interface SlackApp {
  app: BoltApp;
  identity: SlackIdentity;
  /** Bolt's HTTP listener; absent in Socket Mode. */
  listener?: RequestListener;
  /** The connection by which Slack delivers; absent by HTTP. */
  socket?: Pick<SocketMode, "connect" | "disconnect" | "fault">;
}

/**
 * So long Bolt waits before it answers 404 for a listener that never does. Whether an answer comes too late is for
 * Slack to say: at Bolt's own three seconds, an answer that was nearly ready would be refused instead.
 */
const UNANSWERED_MILLISECONDS = 15_000;

function client(options: SlackOptions, timeout: number): WebClient {
  return new WebClient(options.botToken, {
    slackApiUrl: options.apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(options.log),
    fetch: lightFetch,
  });
}

/** The clients alone; nothing is asked of Slack yet. */
export function createSlackClients(options: SlackOptions): SlackClients {
  return { interactive: client(options, 2_000), background: client(options, 10_000) };
}

/**
 * Connects to Slack and builds the Bolt app, without listeners yet. Waits as long as Slack cannot be reached.
 * @throws Error that says what is wrong with the token or the address, never the token itself
 */
export async function createSlackApp(options: SlackOptions, clients: SlackClients): Promise<SlackApp> {
  const identity = await whoAmI(clients.background, options);
  const logger = boltLogger(options.log);
  const { appToken, apiUrl, log } = options;
  const socket = appToken === undefined ? undefined : createSocketMode({ appToken, apiUrl, log });
  const receiver =
    socket?.receiver ??
    new HTTPReceiver({
      signingSecret: options.signingSecret ?? "",
      logger,
      unhandledRequestTimeoutMillis: UNANSWERED_MILLISECONDS,
    });
  const app = appByKind(
    receiver,
    () =>
      new App({
        receiver,
        logger,
        logLevel: LogLevel.INFO,
        clientOptions: {
          slackApiUrl: options.apiUrl,
          timeout: 2_000,
          retryConfig: { retries: 0 },
          rejectRateLimitedCalls: true,
          fetch: lightFetch,
        },
        authorize: () =>
          Promise.resolve({
            botToken: options.botToken,
            botId: identity.botId,
            botUserId: identity.botUserId,
          }),
      }),
  );
  return {
    app,
    identity,
    ...(receiver instanceof HTTPReceiver
      ? {
          listener: readingBodies((request, response) => receiver.requestListener(request, response), {
            signingSecret: options.signingSecret ?? "",
            log: options.log,
            now: Date.now,
          }),
        }
      : {}),
    socket,
  };
}

/** Slack's words for a trouble of its own; anything else that it says is about us. */
export const SLACKS_OWN_TROUBLE = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "ratelimited",
]);
const RETRY_MILLISECONDS = 2_000;

/** The app that a bot is of; undefined where Slack does not say, as without the scope `users:read`. */
async function appOf(web: WebClient, botId: string | undefined, log: Logger): Promise<string | undefined> {
  if (botId === undefined) return undefined;
  try {
    return (await web.bots.info({ bot: botId })).bot?.app_id;
  } catch (error) {
    log.warn({ slack: slackErrorCode(error) }, "Slack did not say which app SLACK_BOT_TOKEN is of");
    return undefined;
  }
}

/** Asks until Slack answers: a run that was interrupted goes on meanwhile, and must not end because Slack is down. */
async function whoAmI(web: WebClient, { apiUrl, log }: SlackOptions): Promise<SlackIdentity> {
  const { host } = new URL(apiUrl);
  let answer: Awaited<ReturnType<typeof web.auth.test>> | undefined;
  while (answer === undefined) {
    try {
      answer = await web.auth.test();
    } catch (error) {
      const said = (error as { data?: { error?: string } }).data?.error;
      if (said !== undefined && !SLACKS_OWN_TROUBLE.has(said))
        throw new Error(
          `Slack (${host}) did not accept SLACK_BOT_TOKEN: ${said}. Install the app to your workspace again and copy the bot token.`,
          { cause: error },
        );
      log.warn({ host, slack: slackErrorCode(error) }, "Slack cannot be reached; trying again");
      await sleep(RETRY_MILLISECONDS);
    }
  }
  if (!answer.team_id || !answer.user_id)
    throw new Error("Slack's auth.test named no workspace or user: this is not a bot token.");
  return {
    teamId: answer.team_id,
    botUserId: answer.user_id,
    botId: answer.bot_id ?? "",
    ...(answer.enterprise_id ? { enterpriseId: answer.enterprise_id } : {}),
    isOrganizationWide: answer.is_enterprise_install === true || answer.team_id.startsWith("E"),
    appId: await appOf(web, answer.bot_id, log),
    scopes: answer.response_metadata?.scopes,
    ...(answer.url ? { url: answer.url } : {}),
  };
}
