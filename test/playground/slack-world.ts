import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import {
  startSlackSimulator,
  type SlackSimulator,
  type SlackSimulatorOptions,
} from "../../playground/slack/server.ts";

/** A clock that stands until it is moved on. */
export function standingClock() {
  let now = Date.now();
  return {
    clock: () => new Date(now),
    advance: (milliseconds: number) => void (now += milliseconds),
  };
}

/** A pretend Slack with Ada, Sam, a user group and a channel; closed when the test ends. */
export async function startWorld(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const slack = await startSlackSimulator(options);
  onTestFinished(() => slack.close());
  slack.addUser({ id: "U0ADA", name: "ada", realName: "Ada Admin", email: "ada@example.com", isAdmin: true });
  slack.addUser({ id: "U0SAM", name: "sam", realName: "Sam Leaver", email: "sam@example.com" });
  slack.addUsergroup({ id: "S0IT", handle: "it", name: "IT", users: ["U0ADA"] });
  slack.addChannel({ id: "C0SEC", name: "security" });
  return slack;
}

/** A Web API client that neither retries nor waits. */
export function clientOf(slack: SlackSimulator, token = slack.credentials.botToken): WebClient {
  return new WebClient(token, { ...clientOptions(slack), logLevel: LogLevel.ERROR });
}

function clientOptions(slack: SlackSimulator) {
  return { slackApiUrl: `${slack.url}/api/`, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
}

/** One Web API call as raw JSON, to see everything that Slack says. */
export async function call(
  slack: SlackSimulator,
  method: string,
  args: Record<string, unknown>,
  token: string | undefined = slack.credentials.botToken,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(`${slack.url}/api/${method}`, {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=utf-8",
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** A real Bolt app behind signed HTTP; stopped when the test ends. */
export async function startHttpApp(slack: SlackSimulator, listen: (app: App) => void): Promise<App> {
  const receiver = new HTTPReceiver({
    signingSecret: slack.credentials.signingSecret,
    logLevel: LogLevel.ERROR,
  });
  const app = new App({
    token: slack.credentials.botToken,
    receiver,
    clientOptions: clientOptions(slack),
    logLevel: LogLevel.ERROR,
  });
  listen(app);
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const { port } = (server as Server).address() as AddressInfo;
  onTestFinished(async () => void (await app.stop()));
  slack.requestUrl = `http://127.0.0.1:${port}/slack/events`;
  return app;
}

/** A real Bolt app behind Socket Mode; stopped when the test ends. */
export async function startSocketApp(slack: SlackSimulator, listen: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.credentials.appToken,
    logLevel: LogLevel.ERROR,
    // Bolt waits this long before it connects again.
    clientPingTimeout: 200,
    installerOptions: { clientOptions: clientOptions(slack) },
  });
  const app = new App({
    token: slack.credentials.botToken,
    receiver,
    clientOptions: clientOptions(slack),
    logLevel: LogLevel.ERROR,
  });
  listen(app);
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return app;
}
