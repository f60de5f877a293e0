import type { KnownBlock } from "@slack/types";
import { expect, test } from "vitest";
import { ClientRefusal } from "../../playground/slack/client-refusal.ts";
import { escapedText } from "../../playground/slack/command-text.ts";
import { call, clientOf, standingClock, startHttpApp, startWorld } from "./slack-world.ts";

const approve = (value = "r1"): KnownBlock[] => [
  {
    type: "actions",
    block_id: "decision",
    elements: [
      { type: "button", action_id: "approve", value, text: { type: "plain_text", text: "Approve" } },
    ],
  },
];

test("a command arrives with the person as a reference, and its acknowledgement is for that person alone", async () => {
  const slack = await startWorld();
  let text = "";
  await startHttpApp(slack, (app) =>
    app.command("/zoom-offboard", async ({ ack, command }) => {
      text = command.text;
      await ack("Working on it.");
    }),
  );
  const delivery = await slack
    .as("U0ADA")
    .command("/zoom-offboard", "@sam sam@example.com", { channel: "C0SEC" });
  expect(text).toBe("<@U0SAM|sam> <mailto:sam@example.com|sam@example.com>");
  expect(delivery).toMatchObject({ status: 200, body: "Working on it." });
  expect(slack.notices).toMatchObject([
    { toUser: "U0ADA", channel: "C0SEC", text: "Working on it.", source: "acknowledgement" },
  ]);
});

test("text is escaped as Slack does it", async () => {
  const slack = await startWorld();
  const state = { users: slack.users, usergroups: slack.usergroups, channels: slack.channels };
  const escaped = (text: string) => escapedText(state, text);
  expect(escaped("@sam #security @it @nobody")).toBe(
    "<@U0SAM|sam> <#C0SEC|security> <!subteam^S0IT|@it> @nobody",
  );
  expect(escaped("a & <b>")).toBe("a &amp; &lt;b&gt;");
  expect(escaped("<@U0SAM|sam>")).toBe("<@U0SAM|sam>");
});

test("only a true signature with a present timestamp is taken", async () => {
  const slack = await startWorld();
  let runs = 0;
  await startHttpApp(slack, (app) =>
    app.command("/count", async ({ ack }) => {
      runs += 1;
      await ack();
    }),
  );
  const { request } = await slack.as("U0ADA").command("/count");
  const { body } = request;
  const seconds = Math.floor(Date.now() / 1_000);
  const status = async (forgery: object) =>
    (await slack.deliver(slack.signedRequest({ body, ...forgery }))).status;
  expect(await status({})).toBe(200);
  expect(runs).toBe(2);
  expect(await status({ secret: "wrong" })).toBe(401);
  expect(await status({ timestamp: seconds - 600 })).toBe(401);
  expect(await status({ headers: { "x-slack-signature": "v0=00" } })).toBe(401);
  expect(runs).toBe(2);
});

test("a delivery can be sent again exactly as it was", async () => {
  const slack = await startWorld();
  let runs = 0;
  await startHttpApp(slack, (app) =>
    app.command("/count", async ({ ack }) => {
      runs += 1;
      await ack();
    }),
  );
  const first = await slack.as("U0ADA").command("/count");
  const again = await slack.deliver(first.request);
  expect([again.status, runs]).toEqual([200, 2]);
});

test("an app that does not answer in time shows the person a timeout", async () => {
  const slack = await startWorld({ acknowledgeWithin: 20 });
  const { promise: later, resolve: release } = Promise.withResolvers<void>();
  await startHttpApp(slack, (app) =>
    app.command("/slow", async ({ ack }) => {
      await later;
      await ack();
    }),
  );
  const delivery = await slack.as("U0ADA").command("/slow");
  expect(delivery).toMatchObject({ status: 0, shown: "operation_timeout" });
  release();
});

test("a click carries the message, the action and an address to answer to", async () => {
  const slack = await startWorld();
  await startHttpApp(slack, (app) =>
    app.action("approve", async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: "Approved." });
    }),
  );
  await clientOf(slack).chat.postMessage({ channel: "C0SEC", text: "Please decide", blocks: approve() });
  const message = slack.messages[0];
  if (message === undefined) throw new Error("No message was posted.");
  const delivery = await slack.as("U0ADA").click(message, "approve");
  const payload: unknown = JSON.parse(new URLSearchParams(delivery.request.body).get("payload") ?? "");
  expect(payload).toMatchObject({
    type: "block_actions",
    api_app_id: "A0DEADBOLT",
    team: { id: "T0DEADBOLT" },
    user: { id: "U0ADA", team_id: "T0DEADBOLT" },
    container: { type: "message", channel_id: "C0SEC", message_ts: message.ts },
    actions: [{ action_id: "approve", block_id: "decision", value: "r1" }],
  });
  await expect.poll(() => message).toMatchObject({ text: "Approved.", blocks: [], edits: 1 });
});

test("a client that has not seen an update can still press the old button", async () => {
  const slack = await startWorld();
  const pressed: unknown[] = [];
  await startHttpApp(slack, (app) =>
    app.action("approve", async ({ ack, action }) => {
      pressed.push("value" in action ? action.value : undefined);
      await ack();
    }),
  );
  const client = clientOf(slack);
  const { ts } = await client.chat.postMessage({ channel: "C0SEC", text: "x", blocks: approve() });
  const stale = structuredClone(slack.messages[0]);
  await client.chat.update({ channel: "C0SEC", ts: ts ?? "", text: "Expired." });
  if (stale === undefined) throw new Error("No message was posted.");
  const place = { channel: stale.channel, ts: stale.ts };
  await expect(slack.as("U0ADA").click(place, "approve")).rejects.toThrow("nothing to click");
  await slack.as("U0ADA").click(stale, "approve");
  expect(pressed).toEqual(["r1"]);
});

test("nobody can click what only another person sees, or in a private channel they are not in", async () => {
  const slack = await startWorld();
  await startHttpApp(slack, () => {});
  slack.addChannel({ id: "C0PRIVATE", name: "private", isPrivate: true, members: ["U0ADA"] });
  const client = clientOf(slack);
  await client.chat.postMessage({ channel: "C0PRIVATE", text: "x", blocks: approve() });
  await client.chat.postEphemeral({ channel: "C0SEC", user: "U0ADA", text: "x", blocks: approve() });
  for (const message of slack.messages)
    await expect(slack.as("U0SAM").click(message, "approve")).rejects.toThrow(ClientRefusal);
  expect(slack.deliveries).toEqual([]);
});

test("a person of another workspace acts in theirs and is not offered commands", async () => {
  const slack = await startWorld();
  slack.addUser({ id: "U0EVE", name: "eve", teamId: "T0OTHER", isStranger: true });
  let team: string | undefined;
  await startHttpApp(slack, (app) =>
    app.action("approve", async ({ ack, body }) => {
      team = body.team?.id;
      await ack();
    }),
  );
  await clientOf(slack).chat.postMessage({ channel: "C0SEC", text: "x", blocks: approve() });
  const message = slack.messages[0];
  if (message === undefined) throw new Error("No message was posted.");
  await slack.as("U0EVE").click(message, "approve");
  expect(team).toBe("T0OTHER");
  await expect(slack.as("U0EVE").command("/x")).rejects.toThrow("not offered");
});

test("shortcuts and message shortcuts arrive with their callback ids", async () => {
  const slack = await startWorld();
  const seen: string[] = [];
  await startHttpApp(slack, (app) =>
    app.shortcut(/.*/, async ({ ack, shortcut }) => {
      seen.push(`${shortcut.type} ${shortcut.callback_id}`);
      await ack();
    }),
  );
  await clientOf(slack).chat.postMessage({ channel: "C0SEC", text: "x" });
  await slack.as("U0ADA").globalShortcut("lockout");
  const { channel, ts } = slack.messages[0] ?? { channel: "", ts: "" };
  await slack.as("U0ADA").messageShortcut("explain", { channel, ts });
  expect(seen).toEqual(["shortcut lockout", "message_action explain"]);
});

async function responseUrlOf(slack: Awaited<ReturnType<typeof startWorld>>): Promise<string> {
  await startHttpApp(slack, (app) => app.command("/x", async ({ ack }) => ack()));
  const { request } = await slack.as("U0ADA").command("/x", "", { channel: "C0SEC" });
  return new URLSearchParams(request.body).get("response_url") ?? "";
}

async function respond(url: string, body: object): Promise<{ status: number; error: unknown }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, error: ((await response.json()) as { error?: string }).error };
}

test("a response_url works five times", async () => {
  const slack = await startWorld();
  const url = await responseUrlOf(slack);
  for (let index = 0; index < 5; index++) expect((await respond(url, { text: "x" })).status).toBe(200);
  expect(await respond(url, { text: "x" })).toEqual({ status: 404, error: "used_url" });
  expect(slack.notices).toHaveLength(5);
});

test("a response_url works for thirty minutes, and never with broken blocks", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWorld({ clock });
  const url = await responseUrlOf(slack);
  expect((await respond(url, { blocks: [{ type: "nonsense" }] })).error).toBe("invalid_blocks");
  expect((await respond(url, { response_type: "in_channel", text: "all" })).status).toBe(200);
  expect(slack.messages).toMatchObject([{ channel: "C0SEC", text: "all" }]);
  expect(slack.messages[0]?.ephemeralTo).toBeUndefined();
  advance(30 * 60_000 + 1);
  expect(await respond(url, { text: "x" })).toEqual({ status: 404, error: "expired_url" });
});

test("nothing but the Web API and response_urls answers", async () => {
  const slack = await startWorld();
  expect((await fetch(`${slack.url}/elsewhere`)).status).toBe(404);
  expect((await fetch(`${slack.url}/response/T/none`, { method: "POST" })).status).toBe(404);
  expect((await call(slack, "", {})).body["error"]).toBe("unknown_method");
});
