import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSlackSimulator, type SlackSimulator } from "../../playground/slack/server.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createSlackAdminConnector } from "../../src/connectors/slack-admin.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { createInstantClock } from "./instant-clock.ts";

const SAM = "U0SAM";
const RESET = "slack.session.reset";
const LIST = "slack.session.list";

let vendor: SlackSimulator;
let input: { userId: string; teamId: string };
beforeEach(async () => {
  vendor = await startSlackSimulator({ rateLimits: false });
  vendor.addUser({ id: SAM, name: "sam", email: "sam@example.com" });
  input = { userId: SAM, teamId: vendor.credentials.teamId };
});
afterEach(() => vendor.close());

function connect(token = vendor.credentials.adminToken, clock = createInstantClock(Date.now())) {
  return createSlackAdminConnector({
    apiUrl: `${vendor.url}/api/`,
    token,
    timeout: 300,
    clock,
    random: () => 0,
  });
}

async function failureOf(name: string, given: unknown = input, token?: string): Promise<VendorErrorFacts> {
  try {
    await connect(token).execute(findOperation(name), given);
  } catch (error) {
    if (isVendorError(error)) return error.facts;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("the connector to Slack's administration", () => {
  it("sees where a person is signed in, signs them out, and sees that they are", async () => {
    vendor.signIn(SAM);
    vendor.signIn(SAM, "mobile");
    const connector = connect();
    const sessions = await connector.execute(findOperation(LIST), input);
    expect(sessions).toMatchObject({ active_sessions: [{ user_id: SAM }, { user_id: SAM }] });
    await connector.execute(findOperation(RESET), input);
    expect(vendor.liveSessions(SAM)).toEqual([]);
    // Slack words it as a refusal that there is none.
    expect(await connector.execute(findOperation(LIST), input)).toMatchObject({ active_sessions: [] });
    expect(vendor.calls.at(-1)?.outcome).toMatchObject({ body: { ok: false, error: "no_active_sessions" } });
  });

  it("sends the person alone, as JSON with its charset, and its own token", async () => {
    await connect().execute(findOperation(RESET), input);
    const [made] = vendor.calls;
    expect(made?.request).toMatchObject({
      method: "POST",
      path: "/api/admin.users.session.reset",
      body: { user_id: SAM },
    });
    expect(made?.request.headers).toMatchObject({
      authorization: `Bearer ${vendor.credentials.adminToken}`,
      "content-type": "application/json; charset=utf-8",
    });
  });

  it("never asks for the sessions of the whole organization", async () => {
    for (const broken of [{ userId: SAM }, { teamId: input.teamId }, {}, { ...input, userId: "" }])
      await expect(connect().execute(findOperation(LIST), broken)).rejects.toThrow(TypeError);
    expect(vendor.calls).toEqual([]);
  });

  it("sends a reset again after a lost answer, because signing out twice is signing out once", async () => {
    vendor.signIn(SAM);
    vendor.addFault({ kind: "lostAnswer", times: 1 });
    await connect().execute(findOperation(RESET), input);
    expect(vendor.calls).toHaveLength(2);
  });

  it("lets twenty calls of each method through in a minute, and counts each by itself", async () => {
    const clock = createInstantClock(Date.now());
    const connector = connect(undefined, clock);
    const begun = clock.now();
    const make = async (name: string, times: number) => {
      for (let count = 0; count < times; count += 1)
        await connector.execute(findOperation(name), input, { priority: 0 });
    };
    await make(RESET, 20);
    await make(LIST, 20);
    expect(clock.now() - begun).toBeLessThan(1_000);
    await make(RESET, 1);
    expect(clock.now() - begun).toBeGreaterThan(50_000);
  });

  it("names the scope that the token lacks", async () => {
    vendor.adminScopes.clear();
    const facts = await failureOf(RESET);
    expect(facts).toMatchObject({ kind: "missing_scope", status: 200, code: "missing_scope" });
    expect(facts.vendorMessage).toBe("needed: admin.users:write");
    expect(facts.advice).toContain("admin.users:write");
  });

  it("says that the bot's token is the wrong kind, and that another is refused", async () => {
    const bot = await failureOf(RESET, input, vendor.credentials.botToken);
    expect(bot).toMatchObject({ kind: "unauthorized", code: "not_allowed_token_type" });
    expect(bot.advice).toContain("xoxp-");
    const wrong = await failureOf(RESET, input, "xoxp-wrong");
    expect(wrong).toMatchObject({ kind: "unauthorized", code: "invalid_auth" });
    expect(wrong.advice).toContain("SLACK_ADMIN_TOKEN");
  });

  it("knows somebody who is not there from somebody who is signed in nowhere", async () => {
    expect(await failureOf(LIST, { ...input, userId: "U0NOBODY" })).toMatchObject({ kind: "not_found" });
    expect(await failureOf(RESET, { ...input, userId: "U0NOBODY" })).toMatchObject({ kind: "not_found" });
  });
});

describe("a failure at Slack's administration", () => {
  const no = (error: unknown) => ({ ok: false, error });

  it.each([
    [200, no("user_session_reset_failed"), "refused", false, "user_session_reset_failed"],
    [200, no("cannot_reset_primary_owner"), "refused", false, "cannot_reset_primary_owner"],
    [200, no("something_new"), "refused", false, "something_new"],
    [200, no("Some words <!channel>"), "refused", false, undefined],
    [200, no(undefined), "refused", false, undefined],
    [200, { ...no("internal_error"), ok: false }, "server_error", true, "internal_error"],
    [200, no("fatal_error"), "server_error", true, "fatal_error"],
    [200, no("ratelimited"), "rate_limited", false, "ratelimited"],
    [200, no("not_an_admin"), "unauthorized", false, "not_an_admin"],
    [200, { ok: "true" }, "unreadable", true, undefined],
    [200, { ok: 1 }, "unreadable", true, undefined],
    [200, {}, "unreadable", true, undefined],
    [200, [], "unreadable", true, undefined],
    [200, "<html>Checking your browser</html>", "unreadable", true, undefined],
    [204, undefined, "unreadable", true, undefined],
    [302, undefined, "unreadable", true, undefined],
    [400, { ok: true }, "refused", false, undefined],
    [403, "<html>Forbidden</html>", "unreadable", true, undefined],
    [404, no("user_not_found"), "not_found", false, "user_not_found"],
    [429, no("ratelimited"), "rate_limited", false, "ratelimited"],
    [429, "<html>Slow down</html>", "rate_limited", false, undefined],
    [500, no("internal_error"), "server_error", true, "internal_error"],
    [503, "<html>Origin</html>", "server_error", true, undefined],
  ])("with %i %j is %s, and may have happened: %s", async (status, body, kind, open, code) => {
    vendor.addFault({ kind: "answer", answer: { status, body } });
    const facts = await failureOf(RESET);
    expect(facts).toMatchObject({ vendor: "slack", kind, status, mayHaveHappened: open });
    expect(facts.code).toBe(code);
    expect(facts.advice).toMatch(/^[A-Z].*\w.*\.$/);
  });

  it.each(["hang", "reset", "truncated", "lostAnswer"] as const)(
    "by %s leaves open what became of it",
    async (kind) => {
      vendor.addFault({ kind });
      const facts = await failureOf(RESET);
      expect(facts).toMatchObject({ mayHaveHappened: true, attempts: 3 });
      expect(facts.advice).toContain("No answer tells whether it took effect");
    },
  );

  it("of a list takes neither null, nor HTML, nor a missing list for an empty one", async () => {
    for (const body of [{ ok: true }, { ok: true, active_sessions: null }, "<html></html>"]) {
      vendor.addFault({ kind: "answer", answer: { status: 200, body }, times: 1 });
      expect(await failureOf(LIST)).toMatchObject({ kind: "unreadable" });
    }
  });

  it("takes `no_active_sessions` for an empty list only where Slack says it with a 200", async () => {
    vendor.addFault({ kind: "answer", answer: { status: 500, body: no("no_active_sessions") } });
    expect(await failureOf(LIST)).toMatchObject({ kind: "server_error" });
  });

  it("with a 429 waits as long as Slack says where that is soon, and else ends at once", async () => {
    const body = no("ratelimited");
    const limited = (seconds: string) => ({ status: 429, headers: { "retry-after": seconds }, body });
    vendor.addFault({ kind: "answer", answer: limited("3"), times: 1 });
    const clock = createInstantClock(Date.now());
    await connect(undefined, clock).execute(findOperation(RESET), input);
    expect(clock.sleeps).toEqual([3_000]);
    vendor.addFault({ kind: "answer", answer: limited("60") });
    const facts = await failureOf(RESET);
    expect(facts).toMatchObject({ kind: "rate_limited", attempts: 1, mayHaveHappened: false });
    expect(facts.advice).toMatch(/after \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  });
});
