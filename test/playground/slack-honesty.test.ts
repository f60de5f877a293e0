import { expect, onTestFinished, test } from "vitest";
import { startSlackSimulator } from "../../playground/slack/server.ts";
import { call, standingClock, startSocketApp, startWorld } from "./slack-world.ts";

async function idsOf(slack: Awaited<ReturnType<typeof startWorld>>, args = {}): Promise<unknown> {
  const { body } = await call(slack, "usergroups.list", args);
  return (body["usergroups"] as { id: string }[]).map(({ id }) => id);
}

test("disabled groups are left out of every list unless asked for", async () => {
  const slack = await startWorld();
  slack.addUsergroup({ id: "S0OLD", handle: "old", name: "Old", users: ["U0SAM"], isDisabled: true });
  expect(await idsOf(slack)).toEqual(["S0IT"]);
  expect(await idsOf(slack, { include_disabled: true })).toEqual(["S0IT", "S0OLD"]);
  const usersOf = async (usergroup: string, more = {}) =>
    (await call(slack, "usergroups.users.list", { usergroup, ...more })).body;
  for (const group of ["S0OLD", "S0UNKNOWN"])
    expect(await usersOf(group)).toEqual({ ok: false, error: "no_such_subteam" });
  expect(await usersOf("S0OLD", { include_disabled: true })).toMatchObject({ ok: true, users: ["U0SAM"] });
  const group = slack.usergroups.get("S0IT");
  if (group !== undefined) group.isDisabled = true;
  expect(await idsOf(slack)).toEqual([]);
  slack.switches.userCountAsText = true;
  const { body } = await call(slack, "usergroups.list", { include_disabled: true });
  expect(body["usergroups"]).toMatchObject([{ user_count: "1", date_delete: 1_700_000_000 }, {}]);
});

test("limits come on at any moment, for all methods or for one", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWorld({ clock, rateLimits: false });
  const ask = async (method: string) => (await call(slack, method, { usergroup: "S0IT" })).status;
  for (let count = 0; count < 25; count += 1) expect(await ask("usergroups.list")).toBe(200);
  slack.switches.callsAMinute.set("usergroups.list", 2);
  expect([await ask("usergroups.list"), await ask("usergroups.list")]).toEqual([200, 200]);
  advance(20_000);
  const refused = await call(slack, "usergroups.list", {});
  expect(refused).toMatchObject({ status: 429, body: { ok: false, error: "ratelimited" } });
  expect(refused.headers.get("retry-after")).toBe("40");
  expect(await ask("usergroups.users.list")).toBe(200);
  advance(40_000);
  expect(await ask("usergroups.list")).toBe(200);
  slack.switches.callsAMinute.clear();
  slack.switches.rateLimits = true;
  const statuses: number[] = [];
  for (let count = 0; count < 21; count += 1) statuses.push(await ask("usergroups.users.list"));
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});

test.each(["token_revoked", "invalid_auth", "account_inactive"])(
  "a token is refused with %s at any moment, and given back",
  async (error) => {
    const slack = await startWorld();
    slack.switches.refusedTokens.set("bot", error);
    for (const method of ["auth.test", "usergroups.list"])
      expect((await call(slack, method, {})).body).toEqual({ ok: false, error });
    expect((await call(slack, "auth.test", {}, slack.credentials.adminToken)).body["ok"]).toBe(true);
    slack.switches.refusedTokens.delete("bot");
    expect((await call(slack, "auth.test", {})).body["ok"]).toBe(true);
  },
);

test("auth.test says which app an app's token is of, and bots.info says it of a bot", async () => {
  const slack = await startWorld();
  const { appId, appToken, botId, botUserId, teamId } = slack.credentials;
  const ofApp = (await call(slack, "auth.test", {}, appToken)).body;
  expect(ofApp).toEqual({ ok: true, app_name: "Deadbolt", app_id: appId });
  const ofBot = (await call(slack, "auth.test", {})).body;
  expect(ofBot).toMatchObject({
    team_id: teamId,
    user_id: botUserId,
    bot_id: botId,
    is_enterprise_install: false,
  });
  expect(ofBot).not.toHaveProperty("app_id");
  expect((await call(slack, "bots.info", { bot: botId })).body).toMatchObject({ bot: { app_id: appId } });
});

test("an app can be installed on the whole organization, whose id its token then answers", async () => {
  const slack = await startWorld();
  slack.requestUrl = "http://127.0.0.1:1/";
  const { enterpriseId, teamId } = slack.credentials;
  expect(JSON.parse((await homeOf(slack)).request.body)).toMatchObject({
    authorizations: [{ enterprise_id: enterpriseId, team_id: teamId, is_enterprise_install: false }],
  });
  slack.switches.orgWideInstall = true;
  expect((await call(slack, "auth.test", {})).body).toMatchObject({
    team_id: enterpriseId,
    enterprise_id: enterpriseId,
    is_enterprise_install: true,
  });
  const command = new URLSearchParams((await slack.as("U0ADA").command("/x")).request.body);
  expect(command.get("is_enterprise_install")).toBe("true");
  expect(command.get("enterprise_id")).toBe(enterpriseId);
});

function homeOf(slack: Awaited<ReturnType<typeof startWorld>>) {
  return slack.as("U0ADA").openHome();
}

test("somebody of another workspace of the organization acts under its id, in a view of ours", async () => {
  const slack = await startWorld();
  slack.requestUrl = "http://127.0.0.1:1/";
  slack.addUser({ id: "U0BO", name: "bo", realName: "Bo Sibling", teamId: "T0SIBLING" });
  slack.channels.get("C0SEC")?.members.add("U0BO");
  const { body } = await call(slack, "chat.postMessage", {
    channel: "C0SEC",
    text: "Press",
    blocks: [
      {
        type: "actions",
        elements: [{ type: "button", action_id: "press", text: { type: "plain_text", text: "Press" } }],
      },
    ],
  });
  const target = { channel: "C0SEC", ts: String(body["ts"]) };
  const { request } = await slack.as("U0BO").click(target, "press");
  const payload = JSON.parse(new URLSearchParams(request.body).get("payload") ?? "") as unknown;
  expect(payload).toMatchObject({
    team: { id: "T0SIBLING" },
    user: { id: "U0BO", team_id: "T0SIBLING" },
    enterprise: { id: slack.credentials.enterpriseId },
    api_app_id: slack.credentials.appId,
    message: { team: slack.credentials.teamId },
  });
});

test("an archived channel takes nothing, and one that is gone is not found", async () => {
  const slack = await startWorld();
  const post = async () => (await call(slack, "chat.postMessage", { channel: "C0SEC", text: "Hello" })).body;
  const { ts } = await post();
  const channel = slack.channels.get("C0SEC");
  if (channel === undefined) throw new Error("There is no channel.");
  channel.isArchived = true;
  expect(await post()).toEqual({ ok: false, error: "is_archived" });
  const update = { channel: "C0SEC", ts, text: "Again" };
  expect((await call(slack, "chat.update", update)).body).toEqual({ ok: false, error: "is_archived" });
  slack.channels.delete("C0SEC");
  expect(await post()).toEqual({ ok: false, error: "channel_not_found" });
  channel.isArchived = false;
  slack.channels.set("C0SEC", channel);
  expect((await post())["ok"]).toBe(true);
});

test("somebody deactivated is known by id and not by address", async () => {
  const slack = await startWorld();
  slack.addUser({ id: "U0GONE", name: "gone", email: "gone@example.com", deleted: true });
  const { body } = await call(slack, "users.info", { user: "U0GONE" });
  expect(body).toMatchObject({ user: { deleted: true, profile: { email: "gone@example.com" } } });
  expect(body["user"]).not.toHaveProperty("is_admin");
  expect((await call(slack, "users.lookupByEmail", { email: "gone@example.com" })).body).toEqual({
    ok: false,
    error: "users_not_found",
  });
  expect((await call(slack, "users.lookupByEmail", { email: "ADA@Example.com" })).body["ok"]).toBe(true);
});

test("a message through an app with somebody's token has them as its author", async () => {
  const slack = await startWorld();
  slack.as("U0SAM").sayThroughApp("C0SEC", "Hello");
  const { body } = await call(slack, "conversations.history", { channel: "C0SEC" });
  expect(body["messages"]).toMatchObject([
    { user: "U0SAM", bot_id: "B0OTHERAPP", app_id: "A0OTHERAPP", text: "Hello" },
  ]);
});

test("every call can take three seconds of a given clock", async () => {
  const waits: number[] = [];
  const slack = await startSlackSimulator({ wait: async (milliseconds) => void waits.push(milliseconds) });
  onTestFinished(() => slack.close());
  slack.addFault({ kind: "slow", milliseconds: 3_000 });
  for (const method of ["auth.test", "usergroups.list"])
    expect((await call(slack, method, {})).body["ok"]).toBe(true);
  expect(waits).toEqual([3_000, 3_000]);
});

test("an app token is refused when the app connects again", async () => {
  const slack = await startWorld();
  await startSocketApp(slack, () => {});
  slack.switches.refusedTokens.set("app", "invalid_auth");
  const opened = await call(slack, "apps.connections.open", {}, slack.credentials.appToken);
  expect(opened.body).toEqual({ ok: false, error: "invalid_auth" });
  expect(slack.socketConnections()).toBe(1);
});

test("frames of any kind reach whoever is connected", async () => {
  const slack = await startWorld();
  const { body } = await call(slack, "apps.connections.open", {}, slack.credentials.appToken);
  const socket = new WebSocket(String(body["url"]));
  const frames: unknown[] = [];
  socket.binaryType = "arraybuffer";
  await new Promise<void>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      frames.push(typeof data === "string" ? data : Buffer.from(data as ArrayBuffer));
      if (frames.length === 1) for (const frame of ["{", "null", Buffer.of(0xff)]) slack.sendFrame(frame);
      if (frames.length === 4) resolve();
    });
  });
  expect(frames.slice(1)).toEqual(["{", "null", Buffer.of(0xff)]);
  socket.close();
});
