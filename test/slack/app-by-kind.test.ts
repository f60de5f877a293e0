import { App, LogLevel, type Receiver } from "@slack/bolt";
import { beforeEach, expect, test } from "vitest";
import { appByKind } from "../../src/slack/app-by-kind.ts";

let deliver: (body: object) => Promise<void>;
/** What was called for a delivery, in order. */
let called: string[];
let app: App;

beforeEach(() => {
  called = [];
  const receiver: Receiver = {
    init(listening) {
      deliver = (body) => listening.processEvent({ body: { ...body }, ack: () => Promise.resolve() });
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
  app = appByKind(
    receiver,
    () =>
      new App({
        receiver,
        logLevel: LogLevel.ERROR,
        authorize: () => Promise.resolve({ botToken: "xoxb-bot", botId: "B0BOT", botUserId: "U0BOT" }),
      }),
  );
  const note = (name: string) => () => Promise.resolve(void called.push(name));
  app.use(async ({ next }) => {
    called.push("guard");
    await next();
  });
  app.command("/deadbolt", note("command"));
  app.action("approve", note("action"));
  app.view("form", note("view"));
  app.view({ type: "view_closed", callback_id: "form" }, note("closed view"));
  app.shortcut("lock", note("shortcut"));
});

const user = { id: "U0ADA", team_id: "T0DEADBOLT" };
const team = { id: "T0DEADBOLT" };
const view = { callback_id: "form" };
const DELIVERIES = [
  ["command", { command: "/deadbolt", user_id: user.id, team_id: team.id }],
  ["action", { type: "block_actions", actions: [{ action_id: "approve" }], view, user, team }],
  ["view", { type: "view_submission", view, user, team }],
  ["closed view", { type: "view_closed", view, user, team }],
  ["shortcut", { type: "shortcut", callback_id: "lock", user, team }],
  ["shortcut", { type: "message_action", callback_id: "lock", user, team, channel: { id: "C0" } }],
] as const;

test.each(DELIVERIES)("a %s passes the guard once and reaches its own listener", async (name, body) => {
  await deliver(body);
  expect(called).toEqual(["guard", name]);
});

test("what has no listener passes the guard all the same", async () => {
  await deliver({ event: { type: "app_mention", channel: "C0" }, team_id: team.id });
  await deliver({ command: "/another", user_id: user.id, team_id: team.id });
  await deliver({ type: "block_suggestion", action_id: "approve", user, team });
  expect(called).toEqual(["guard", "guard", "guard"]);
});

test.each(DELIVERIES)("a guard that does not go on keeps a %s from its listener", async (_, body) => {
  app.use(() => Promise.resolve());
  await deliver(body);
  expect(called).toEqual(["guard"]);
});

test.each(DELIVERIES)("a %s that fails is heard of by the error handler", async (_, body) => {
  app.use(() => Promise.reject(new Error("broken")));
  app.error(({ message }) => Promise.resolve(void called.push(message)));
  await deliver(body);
  expect(called).toEqual(["guard", "broken"]);
});
