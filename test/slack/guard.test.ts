import { pino } from "pino";
import { expect, test } from "vitest";
import type { SlackIdentity } from "../../src/slack/app.ts";
import { createGuard } from "../../src/slack/guard.ts";
import { createInHand } from "../../src/slack/in-flight.ts";
import { requireInstallation } from "../../src/slack/installation.ts";

const OURS = { teamId: "T0OURS", enterpriseId: "E0ORG", appId: "A0OURS" };
const SIBLING = {
  team: { id: "T0SIBLING" },
  enterprise: { id: "E0ORG" },
  user: { id: "U0", team_id: "T0SIBLING" },
};

/** What becomes of a delivery: whether it reaches a listener, and what whoever acted is told. */
async function deliver(body: object, known: Partial<typeof OURS> = OURS) {
  const seen = { reached: false, acknowledged: false, told: [] as unknown[] };
  const guard = createGuard({
    ...OURS,
    ...known,
    responseOrigins: ["https://hooks.slack.com"],
    deliveries: { isFirst: () => Promise.resolve(true) },
    inHand: createInHand(),
    log: pino({ level: "silent" }),
    reportFault: () => "reference",
  });
  const args = {
    body: { api_app_id: "A0OURS", type: "block_actions", trigger_id: "1", ...body },
    action: {},
    ack: (answer: unknown) => {
      seen.acknowledged = true;
      if (answer !== undefined) seen.told.push(answer);
      return Promise.resolve();
    },
    respond: ({ text }: { text: string }) => Promise.resolve(seen.told.push(text)),
    client: {
      chat: { postEphemeral: ({ text }: { text: string }) => Promise.resolve(seen.told.push(text)) },
    },
    next: () => {
      seen.reached = true;
      return Promise.resolve();
    },
  };
  await guard(args as unknown as Parameters<typeof guard>[0]);
  return seen;
}

const OTHER = /another Slack workspace or app/;

test("a click from a sibling workspace counts as made where the app is installed, and the directory decides", async () => {
  expect(await deliver({ ...SIBLING, message: { team: "T0OURS" } })).toMatchObject({
    reached: true,
    told: [],
  });
  const form = { type: "view_submission", view: { app_installed_team_id: "T0OURS" } };
  expect(await deliver({ ...SIBLING, ...form })).toMatchObject({ reached: true });
});

test.each([
  ["a click where the app is installed elsewhere", { ...SIBLING, message: { team: "T0SIBLING" } }],
  [
    "a click from another organization",
    { ...SIBLING, enterprise: { id: "E0ELSE" }, message: { team: "T0OURS" } },
  ],
  ["a click from no organization", { ...SIBLING, enterprise: null, message: { team: "T0OURS" } }],
  ["a click that names no workspace", { ...SIBLING, team: null, message: { team: "T0OURS" } }],
  [
    "a click of somebody of ours in another workspace",
    { ...SIBLING, user: { id: "U0", team_id: "T0OURS" }, message: { team: "T0OURS" } },
  ],
  ["a shortcut on a message of ours", { ...SIBLING, type: "message_action", message: { team: "T0OURS" } }],
  ["a click for another app", { team: { id: "T0OURS" }, api_app_id: "A0OTHER" }],
])("%s is refused, and whoever made it is told", async (_what, body) => {
  const address = { response_url: "https://hooks.slack.com/actions/1" };
  for (const how of [{}, address]) {
    const seen = await deliver({ ...body, ...how });
    expect(seen).toMatchObject({ reached: false, acknowledged: true });
    expect(seen.told).toEqual([expect.stringMatching(OTHER)]);
  }
});

test("nobody is told anything by an address that is not Slack's", async () => {
  const seen = await deliver({ ...SIBLING, response_url: "https://elsewhere.example/1" });
  expect(seen).toMatchObject({ reached: false, acknowledged: true, told: [] });
});

const identity: SlackIdentity = {
  teamId: "T0OURS",
  botUserId: "U0BOT",
  botId: "B0BOT",
  isOrganizationWide: false,
  appId: "A0OURS",
};

test("a token of a whole organization, of another workspace or of another app is refused at the start", () => {
  expect(() => requireInstallation({ ...identity, isOrganizationWide: true }, {})).toThrow(
    /^SLACK_BOT_TOKEN is of an app that is installed on a whole Enterprise organization/,
  );
  expect(() => requireInstallation(identity, { SLACK_TEAM_ID: "T0ELSE" })).toThrow(
    /^SLACK_TEAM_ID is T0ELSE/,
  );
  expect(() => requireInstallation(identity, { SLACK_APP_ID: "A0ELSE" })).toThrow(/^SLACK_APP_ID is A0ELSE/);
  requireInstallation(identity, { SLACK_TEAM_ID: "T0OURS", SLACK_APP_ID: "A0OURS" });
  requireInstallation({ ...identity, appId: undefined }, { SLACK_APP_ID: "A0ELSE" });
});
