import { expect, test } from "vitest";
import { call, clientOf, standingClock, startWorld } from "./slack-world.ts";

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

test("a call without a token, with a wrong one or with the app's is refused", async () => {
  const slack = await startWorld();
  expect((await call(slack, "auth.test", {}, "")).body).toEqual({ ok: false, error: "not_authed" });
  expect((await call(slack, "auth.test", {}, "xoxb-wrong")).body).toEqual({
    ok: false,
    error: "invalid_auth",
  });
  const withAppToken = await call(slack, "users.info", { user: "U0SAM" }, slack.credentials.appToken);
  expect(withAppToken.body["error"]).toBe("not_allowed_token_type");
  const withBotToken = await call(slack, "apps.connections.open", {});
  expect(withBotToken.body["error"]).toBe("not_allowed_token_type");
});

test("a missing scope is named, with those that were given", async () => {
  const slack = await startWorld({ scopes: ["users:read"] });
  const refused = await call(slack, "users.lookupByEmail", { email: "sam@example.com" });
  expect(refused.body).toEqual({
    ok: false,
    error: "missing_scope",
    needed: "users:read.email",
    provided: "users:read",
  });
  const { body } = await call(slack, "users.info", { user: "U0SAM" });
  expect(JSON.stringify(body)).not.toContain("sam@example.com");
});

test("an unknown method is refused", async () => {
  const slack = await startWorld();
  expect((await call(slack, "users.erase", {})).body["error"]).toBe("unknown_method");
  expect((await call(slack, "constructor", {})).body["error"]).toBe("unknown_method");
});

test("people are found by id and by e-mail, but deactivated ones only by id", async () => {
  const slack = await startWorld();
  const client = clientOf(slack);
  expect((await client.auth.test()).team_id).toBe("T0DEADBOLT");
  expect((await client.users.info({ user: "U0ADA" })).user?.is_admin).toBe(true);
  expect((await client.users.lookupByEmail({ email: "SAM@example.com" })).user?.id).toBe("U0SAM");
  const sam = slack.users.get("U0SAM");
  if (sam) sam.deleted = true;
  expect((await client.users.info({ user: "U0SAM" })).user?.deleted).toBe(true);
  await expect(client.users.lookupByEmail({ email: "sam@example.com" })).rejects.toThrow("users_not_found");
  await expect(client.users.info({ user: "U0NOBODY" })).rejects.toThrow("user_not_found");
});

test("user groups answer with the members of this moment", async () => {
  const slack = await startWorld();
  const client = clientOf(slack);
  expect((await client.usergroups.users.list({ usergroup: "S0IT" })).users).toEqual(["U0ADA"]);
  slack.usergroups.get("S0IT")?.members.add("U0SAM");
  expect((await client.usergroups.users.list({ usergroup: "S0IT" })).users).toEqual(["U0ADA", "U0SAM"]);
  expect((await client.usergroups.list({ include_users: true })).usergroups?.[0]?.users).toHaveLength(2);
  await expect(client.usergroups.users.list({ usergroup: "S0NONE" })).rejects.toThrow("no_such_subteam");
});

test("a message is posted, found again with its metadata, updated and deleted", async () => {
  const slack = await startWorld();
  const client = clientOf(slack);
  const metadata = { event_type: "deadbolt_event", event_payload: { id: "e1" } };
  const posted = await client.chat.postMessage({
    channel: "C0SEC",
    text: "one",
    blocks: [section("one")],
    metadata,
  });
  const ts = posted.ts ?? "";
  await client.chat.postMessage({ channel: "C0SEC", text: "reply", thread_ts: ts });

  const bare = await client.conversations.history({ channel: "C0SEC" });
  expect(bare.messages?.map((message) => message.text)).toEqual(["one"]);
  expect(bare.messages?.[0]?.metadata).toBeUndefined();
  const full = await client.conversations.replies({ channel: "C0SEC", ts, include_all_metadata: true });
  expect(full.messages?.map((message) => message.text)).toEqual(["one", "reply"]);
  expect(full.messages?.[0]?.metadata).toEqual(metadata);
  expect(full.messages?.[0]?.reply_count).toBe(1);

  await client.chat.update({ channel: "C0SEC", ts, text: "two" });
  expect(slack.messages[0]).toMatchObject({ text: "two", blocks: [], edits: 1, metadata });
  await client.chat.delete({ channel: "C0SEC", ts });
  await expect(client.chat.update({ channel: "C0SEC", ts, text: "three" })).rejects.toThrow(
    "message_not_found",
  );
});

test("history comes in pages", async () => {
  const slack = await startWorld({ rateLimits: false });
  const client = clientOf(slack);
  for (const text of ["a", "b", "c"]) await client.chat.postMessage({ channel: "C0SEC", text });
  const first = await client.conversations.history({ channel: "C0SEC", limit: 2 });
  expect(first.messages?.map((message) => message.text)).toEqual(["c", "b"]);
  const cursor = first.response_metadata?.next_cursor ?? "";
  const second = await client.conversations.history({ channel: "C0SEC", limit: 2, cursor });
  expect(second.messages?.map((message) => message.text)).toEqual(["a"]);
  expect(second.has_more).toBe(false);
});

test("only the app's own messages can be updated", async () => {
  const slack = await startWorld();
  slack.messages.push({
    channel: "C0SEC",
    ts: "1.000001",
    user: "U0SAM",
    text: "hi",
    blocks: [],
    edits: 0,
    deleted: false,
  });
  const refused = await call(slack, "chat.update", { channel: "C0SEC", ts: "1.000001", text: "x" });
  expect(refused.body["error"]).toBe("cant_update_message");
});

test.each([
  ["an unknown channel", { channel: "C0NONE", text: "x" }, "channel_not_found"],
  ["a channel without the app", { channel: "C0OUT", text: "x" }, "not_in_channel"],
  ["a private channel without the app", { channel: "C0PRIVATE", text: "x" }, "channel_not_found"],
  ["an archived channel", { channel: "C0OLD", text: "x" }, "is_archived"],
  ["no text", { channel: "C0SEC" }, "no_text"],
  ["text past 40,000 characters", { channel: "C0SEC", text: "x".repeat(40_001) }, "msg_too_long"],
  [
    "blocks past 13,200 characters",
    { channel: "C0SEC", text: "x", blocks: Array.from({ length: 5 }, () => section("x".repeat(2_700))) },
    "msg_blocks_too_long",
  ],
  ["blocks that are no JSON", { channel: "C0SEC", text: "x", blocks: "[" }, "invalid_blocks_format"],
  [
    "metadata without a type",
    { channel: "C0SEC", text: "x", metadata: { event_payload: {} } },
    "invalid_metadata_format",
  ],
  ["a thread that is not there", { channel: "C0SEC", text: "x", thread_ts: "1.1" }, "thread_not_found"],
])("a post is refused for %s", async (_name, args, error) => {
  const slack = await startWorld();
  slack.addChannel({ id: "C0OUT", name: "out", hasBot: false });
  slack.addChannel({ id: "C0PRIVATE", name: "private", isPrivate: true, hasBot: false });
  slack.addChannel({ id: "C0OLD", name: "old", isArchived: true });
  expect((await call(slack, "chat.postMessage", args)).body).toMatchObject({ ok: false, error });
  expect(slack.messages).toEqual([]);
});

test("broken blocks are refused with the place of the offence", async () => {
  const slack = await startWorld();
  const { body } = await call(slack, "chat.postMessage", {
    channel: "C0SEC",
    text: "x",
    blocks: [section("")],
  });
  expect(body).toMatchObject({
    error: "invalid_blocks",
    response_metadata: {
      messages: ["[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"],
    },
  });
});

test("a person's id stands for the direct messages with them", async () => {
  const slack = await startWorld();
  const client = clientOf(slack);
  const { channel } = await client.conversations.open({ users: "U0SAM" });
  const posted = await client.chat.postMessage({ channel: "U0SAM", text: "hello" });
  expect(posted.channel).toBe(channel?.id);
  await expect(client.conversations.open({ users: "U0NOBODY" })).rejects.toThrow("user_not_found");
});

test("an ephemeral message reaches one member and nobody outside the channel", async () => {
  const slack = await startWorld();
  const client = clientOf(slack);
  await client.chat.postEphemeral({ channel: "C0SEC", user: "U0SAM", text: "psst" });
  expect(slack.notices).toMatchObject([{ toUser: "U0SAM", text: "psst", source: "postEphemeral" }]);
  expect((await client.conversations.history({ channel: "C0SEC" })).messages).toEqual([]);
  slack.channels.get("C0SEC")?.members.delete("U0SAM");
  await expect(client.chat.postEphemeral({ channel: "C0SEC", user: "U0SAM", text: "psst" })).rejects.toThrow(
    "user_not_in_channel",
  );
});

test("a fifth message in a second is held back, and another channel is not", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWorld({ clock });
  slack.addChannel({ id: "C0TWO", name: "two" });
  const post = (channel: string) => call(slack, "chat.postMessage", { channel, text: "x" });
  for (let index = 0; index < 4; index++) expect((await post("C0SEC")).body["ok"]).toBe(true);
  const held = await post("C0SEC");
  expect([held.status, held.headers.get("retry-after"), held.body]).toEqual([
    429,
    "1",
    { ok: false, error: "ratelimited" },
  ]);
  expect((await post("C0TWO")).status).toBe(200);
  advance(1_000);
  expect((await post("C0SEC")).status).toBe(200);
  expect((await post("C0SEC")).status).toBe(429);
});

test("user groups can be asked twenty times a minute", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWorld({ clock });
  const ask = () => call(slack, "usergroups.users.list", { usergroup: "S0IT" });
  for (let index = 0; index < 20; index++) expect((await ask()).status).toBe(200);
  advance(15_000);
  const held = await ask();
  expect([held.status, held.headers.get("retry-after")]).toEqual([429, "45"]);
  advance(45_000);
  expect((await ask()).status).toBe(200);
});

test("limits can be turned off", async () => {
  const slack = await startWorld({ rateLimits: false });
  for (let index = 0; index < 25; index++)
    expect((await call(slack, "usergroups.list", {})).status).toBe(200);
});

test("faults strike a method by its path", async () => {
  const slack = await startWorld();
  slack.addFault({
    kind: "answer",
    path: /^\/api\/usergroups\.users\.list$/,
    times: 1,
    answer: { status: 200, body: { ok: false, error: "plan_upgrade_required" } },
  });
  const client = clientOf(slack);
  await expect(client.usergroups.users.list({ usergroup: "S0IT" })).rejects.toThrow("plan_upgrade_required");
  expect((await client.usergroups.users.list({ usergroup: "S0IT" })).ok).toBe(true);
});
