import { expect, test } from "vitest";
import { call, standingClock, startWorld } from "./slack-world.ts";

const RESET = "admin.users.session.reset";
const LIST = "admin.users.session.list";
const TEAM = "T0DEADBOLT";
const ADMIN = "xoxp-playground-admin-token";

test("a reset ends every session of one person, and a list shows what is left", async () => {
  const slack = await startWorld();
  slack.signIn("U0SAM");
  slack.signIn("U0SAM", "mobile");
  slack.signIn("U0ADA");
  const sam = { user_id: "U0SAM", team_id: TEAM };
  const before = await call(slack, LIST, sam, ADMIN);
  expect(before.body["active_sessions"]).toHaveLength(2);
  expect((await call(slack, RESET, { user_id: "U0SAM" }, ADMIN)).body).toEqual({ ok: true });
  expect((await call(slack, LIST, sam, ADMIN)).body).toEqual({ ok: false, error: "no_active_sessions" });
  expect(slack.liveSessions("U0ADA")).toHaveLength(1);
  slack.signIn("U0SAM");
  expect(slack.liveSessions("U0SAM")).toHaveLength(1);
});

test("a reset can be of one kind of session only", async () => {
  const slack = await startWorld();
  slack.signIn("U0SAM");
  slack.signIn("U0SAM", "mobile");
  await call(slack, RESET, { user_id: "U0SAM", mobile_only: true }, ADMIN);
  expect(slack.liveSessions("U0SAM").map(({ device }) => device)).not.toContain("mobile");
  await call(slack, RESET, { user_id: "U0SAM", web_only: true }, ADMIN);
  expect(slack.liveSessions("U0SAM")).toEqual([]);
});

test("a reset takes as long as it is told to", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWorld({ clock, signOutMilliseconds: 1_000 });
  slack.signIn("U0SAM");
  await call(slack, RESET, { user_id: "U0SAM" }, ADMIN);
  expect(slack.liveSessions("U0SAM")).toHaveLength(1);
  advance(1_001);
  expect(slack.liveSessions("U0SAM")).toEqual([]);
});

test("a list has pages", async () => {
  const slack = await startWorld();
  for (let count = 0; count < 3; count += 1) slack.signIn("U0SAM");
  const asked = { user_id: "U0SAM", team_id: TEAM, limit: 2 };
  const first = await call(slack, LIST, asked, ADMIN);
  const { next_cursor: cursor } = first.body["response_metadata"] as { next_cursor: string };
  const second = await call(slack, LIST, { ...asked, cursor }, ADMIN);
  expect([first, second].map(({ body }) => (body["active_sessions"] as unknown[]).length)).toEqual([2, 1]);
});

test("only the administrator's token is taken, and only with the scope", async () => {
  const slack = await startWorld({ adminScopes: ["admin.users:read"] });
  const { botToken, appToken } = slack.credentials;
  for (const token of [botToken, appToken])
    for (const method of [RESET, LIST])
      expect((await call(slack, method, { user_id: "U0SAM", team_id: TEAM }, token)).body).toEqual({
        ok: false,
        error: "not_allowed_token_type",
      });
  const refused = await call(slack, RESET, { user_id: "U0SAM" }, ADMIN);
  expect(refused.body).toMatchObject({ error: "missing_scope", needed: "admin.users:write" });
  // Nor does it post or read as the bot does.
  const posted = await call(slack, "chat.postMessage", { channel: "C0SEC", text: "Hello" }, ADMIN);
  expect(posted.body).toEqual({ ok: false, error: "not_allowed_token_type" });
  expect((await call(slack, "auth.test", {}, ADMIN)).body).toMatchObject({
    enterprise_id: "E0DEADBOLT",
    team_id: "E0DEADBOLT",
  });
});

test.each([
  [RESET, {}, "invalid_arguments"],
  [RESET, { user_id: "U0NOBODY" }, "user_not_found"],
  [RESET, { user_id: "U0DEADBOLT" }, "cannot_reset_bot"],
  [RESET, { user_id: "U0SAM", mobile_only: "perhaps" }, "invalid_arguments"],
  [RESET, { user_id: "U0SAM", team_id: TEAM }, "invalid_arguments"],
  [LIST, { user_id: "U0SAM" }, "missing_team"],
  [LIST, { team_id: TEAM }, "missing_user"],
  [LIST, { user_id: "U0SAM", team_id: "T0OTHER" }, "team_not_found"],
  [LIST, { user_id: "U0DEADBOLT", team_id: TEAM }, "bots_not_allowed"],
  [LIST, { user_id: "U0NOBODY", team_id: TEAM }, "user_not_found"],
])("%s of %j is refused with %s", async (method, args, error) => {
  const slack = await startWorld();
  const { status, body } = await call(slack, method, args, ADMIN);
  expect({ status, error: body["error"] }).toEqual({ status: 200, error });
});

test("the primary owner is signed out by nobody, and outside an organization nobody is", async () => {
  const slack = await startWorld();
  slack.addUser({ id: "U0FOUNDER", name: "founder", isPrimaryOwner: true });
  const founder = await call(slack, RESET, { user_id: "U0FOUNDER" }, ADMIN);
  expect(founder.body["error"]).toBe("cannot_reset_primary_owner");
  const alone = await startWorld({ enterpriseId: "" });
  const refused = await call(alone, RESET, { user_id: "U0SAM" }, ADMIN);
  expect(refused.body["error"]).toBe("feature_not_enabled");
});

test("twenty calls a minute are taken of each method, and the next says when to come again", async () => {
  const { clock } = standingClock();
  const slack = await startWorld({ clock });
  for (let count = 0; count < 20; count += 1)
    expect((await call(slack, RESET, { user_id: "U0SAM" }, ADMIN)).status).toBe(200);
  const limited = await call(slack, RESET, { user_id: "U0SAM" }, ADMIN);
  expect(limited).toMatchObject({ status: 429, body: { ok: false, error: "ratelimited" } });
  expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await call(slack, LIST, { user_id: "U0SAM", team_id: TEAM }, ADMIN)).status).toBe(200);
});
