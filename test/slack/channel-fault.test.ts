import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSlackSimulator, type SlackSimulator } from "../../playground/slack/server.ts";
import { channelFault } from "../../src/slack/channel-fault.ts";

let slack: SlackSimulator;
let client: WebClient;
beforeAll(async () => {
  slack = await startSlackSimulator();
  const { botToken } = slack.credentials;
  client = new WebClient(botToken, { slackApiUrl: `${slack.url}/api/`, retryConfig: { retries: 0 } });
});
afterAll(() => slack.close());

test("a channel that the bot is in has no fault, and one that it is not in has one that says what to do", async () => {
  const here = slack.addChannel({ id: "C0HERE", name: "here", members: [slack.credentials.botUserId] });
  const there = slack.addChannel({ id: "C0THERE", name: "there", members: [] });
  there.members.clear();
  expect(await channelFault(client, here.id)).toBeUndefined();
  expect(await channelFault(client, there.id)).toContain("/invite it there");
  expect(await channelFault(client, "C0NOWHERE")).toContain("check DEADBOLT_CHANNEL");
});

test("a Slack that does not answer says nothing of the channel", async () => {
  slack.addFault({ kind: "answer", answer: { status: 500, body: "down" }, times: 1 });
  expect(await channelFault(client, "C0HERE")).toBeUndefined();
});

test("a fault names the setting of its channel", async () => {
  expect(await channelFault(client, "C0NOWHERE", "INCIDENT_CHANNEL")).toContain("check INCIDENT_CHANNEL");
});
