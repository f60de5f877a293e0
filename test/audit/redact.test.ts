import * as fc from "fast-check";
import { expect, test } from "vitest";
import { redact } from "../../src/audit/redact.ts";

// Joined here, so that no scanner takes this file for a leak.
const slackToken = ["xoxb", "123456789012", "abcdefABCDEF"].join("-");
const appToken = ["xapp", "1", "A012345", "abcdef"].join("-");
const jsonWebToken = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJzYW0ifQ", "c2lnbmF0dXJl"].join(".");

test("members with a telling name lose their value, in any spelling and at any depth", () => {
  const given = {
    accessToken: "a",
    client_secret: "b",
    user: { password: "c", "Set-Cookie": "d", zak: { nested: "e" }, host_key: 123_456, hostKey: "f" },
    headers: [{ authorization: "g", "X-Auth-Key": "h" }],
  };
  expect(redact(given)).toEqual({
    accessToken: "[redacted]",
    client_secret: "[redacted]",
    user: {
      password: "[redacted]",
      "Set-Cookie": "[redacted]",
      zak: "[redacted]",
      host_key: "[redacted]",
      hostKey: "[redacted]",
    },
    headers: [{ authorization: "[redacted]", "X-Auth-Key": "[redacted]" }],
  });
});

test("what only sounds like a secret stays", () => {
  const given = {
    country: "Kazakhstan",
    kazakhName: "x",
    planHash: "abc",
    scope: "user_zak:read",
    password_changed: true,
    token: null,
    monkey: 1,
    at: new Date(0),
    email: "sam@example.com",
    sentence: "Basic users are kept; the bearer of this message is Sam.",
  };
  expect(redact(given)).toEqual(given);
});

test.each([
  ["a bot token", `the token ${slackToken} leaked`, "the token [redacted] leaked"],
  ["an app token", `${appToken}!`, "[redacted]!"],
  ["a Bearer value", "Authorization: Bearer abc.DEF-123_xyz", "Authorization: Bearer [redacted]"],
  ["a JSON Web Token", `saw ${jsonWebToken}.`, "saw [redacted]."],
  ["a start address", "https://zoom.us/s/1?zak=abc123&x=1", "https://zoom.us/s/1?zak=[redacted]&x=1"],
  ["a database address", "postgresql://me:pass@host/db", "postgresql://me:[redacted]@host/db"],
  ["a response address", "https://hooks.slack.com/commands/T1/2/abc", "[redacted]"],
])("%s inside text is taken out", (_, text, expected) => {
  expect(redact({ text })).toEqual({ text: expected });
});

test("values known to be secret are taken out wherever they stand, also of names", () => {
  const given = { message: "bad key s3cr3t-value!", "s3cr3t-value": ["xs3cr3t-valuex"] };
  const expected = { message: "bad key [redacted]!", "[redacted]": ["x[redacted]x"] };
  expect(redact(given, ["s3cr3t-value"])).toEqual(expected);
});

test("an error keeps what it says, without its secrets, and with its cause", () => {
  const error = new TypeError(`no ${slackToken}`, { cause: new Error("Bearer abcdefgh12345") });
  expect(redact({ error })).toMatchObject({
    error: { name: "TypeError", message: "no [redacted]", cause: { message: "Bearer [redacted]" } },
  });
  expect(JSON.stringify(redact({ error }))).not.toContain(slackToken);
});

test("a circle ends", () => {
  const circle: Record<string, unknown> = { name: "x" };
  circle["self"] = circle;
  expect(redact(circle)).toEqual({ name: "x", self: "[circular]" });
});

test("no token survives in any value, however it is wrapped", () => {
  const leaky = fc.constantFrom(slackToken, appToken, jsonWebToken, `Bearer ${slackToken}`);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      fc.tuple(fc.constantFrom("", " ", "(", '"'), leaky).map(([prefix, token]) => `${prefix}${token}`),
      fc.string(),
      fc.array(tie("tree"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("tree"), { maxKeys: 3 }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      const text = JSON.stringify(redact(value));
      for (const token of [slackToken, appToken, jsonWebToken]) expect(text).not.toContain(token);
    }),
  );
});

test("redacting twice is redacting once, and the given value stays as it is", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const copy = structuredClone(value);
      const once = redact(value);
      expect(redact(once)).toEqual(once);
      expect(value).toEqual(copy);
    }),
  );
});
