import bolt, { type App as BoltApp } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import type { RequestListener } from "node:http";
import type { Logger } from "pino";
import { boltLogger } from "../log.ts";
import { readingBodies } from "./delivery-body.ts";
import { slackErrorCode } from "./directory.ts";

const { App, HTTPReceiver, LogLevel, SocketModeReceiver } = bolt;

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
}

export interface SlackApp {
  app: BoltApp;
  /** Answers people: short timeout, no retries, since a trigger lives 3 seconds. */
  interactive: WebClient;
  /** Tells the story: patient, but leaves retrying to whoever keeps what is still to be told. */
  background: WebClient;
  identity: SlackIdentity;
  /** Bolt's HTTP listener; absent in Socket Mode. */
  listener?: RequestListener;
  /** Opens the Socket Mode connection; nothing to do for HTTP. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
}

function client(options: SlackOptions, timeout: number): WebClient {
  return new WebClient(options.botToken, {
    slackApiUrl: options.apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLogger(options.log),
  });
}

/**
 * Connects to Slack and builds the Bolt app, without listeners yet.
 * @throws Error that says what is wrong with the token or the address, never the token itself
 */
export async function createSlackApp(options: SlackOptions): Promise<SlackApp> {
  const interactive = client(options, 2_000);
  const background = client(options, 10_000);
  const identity = await whoAmI(background, options.apiUrl);
  const logger = boltLogger(options.log);
  const socket = options.appToken !== undefined;
  const receiver =
    options.appToken !== undefined
      ? new SocketModeReceiver({
          appToken: options.appToken,
          logger,
          installerOptions: { clientOptions: { slackApiUrl: options.apiUrl } },
        })
      : new HTTPReceiver({ signingSecret: options.signingSecret ?? "", logger });
  const app = new App({
    receiver,
    logger,
    logLevel: LogLevel.INFO,
    clientOptions: {
      slackApiUrl: options.apiUrl,
      timeout: 2_000,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
    authorize: () =>
      Promise.resolve({ botToken: options.botToken, botId: identity.botId, botUserId: identity.botUserId }),
  });
  return {
    app,
    interactive,
    background,
    identity,
    ...(receiver instanceof HTTPReceiver
      ? { listener: readingBodies((request, response) => receiver.requestListener(request, response)) }
      : {}),
    connect: async () => {
      if (socket) await app.start();
    },
    disconnect: async () => {
      if (socket) await app.stop();
    },
  };
}

async function whoAmI(web: WebClient, apiUrl: string): Promise<SlackIdentity> {
  const answer = await web.auth.test().catch((error: unknown) => {
    throw new Error(
      `Slack (${new URL(apiUrl).host}) did not accept SLACK_BOT_TOKEN: ${slackErrorCode(error)}. Install the app to your workspace again and copy the bot token.`,
    );
  });
  if (!answer.team_id || !answer.user_id)
    throw new Error("Slack's auth.test named no workspace or user: this is not a bot token.");
  return { teamId: answer.team_id, botUserId: answer.user_id, botId: answer.bot_id ?? "" };
}
