import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "../../playground/page-server/redact.ts";

const SECRET = "s3cr3t/+value";

test("a known secret is nowhere in what is shown, however deep it lies and whatever it is called", () => {
  const redactor = createRedactor([SECRET]);
  const withSecret = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.string().map((text) => `${text}${SECRET}${text}`),
      fc.array(tie("value")),
      fc.dictionary(fc.string(), tie("value")),
    ),
  })).value;
  fc.assert(
    fc.property(withSecret, (value) => {
      expect(JSON.stringify(redactor.value(value) ?? null)).not.toContain(SECRET);
    }),
  );
});

test("what is named like a credential is hidden, and other things stay as they are", () => {
  const shown = createRedactor([]).value({
    access_token: "abc",
    client_secret: "abc",
    nested: [{ Authorization: "abc", "set-cookie": "abc", api_key: "abc" }],
    next_page_token: "page-2",
    token_type: "bearer",
    email: "sam@northwind.example",
    ok: true,
    nothing: null,
  });
  expect(shown).toEqual({
    access_token: "[redacted]",
    client_secret: "[redacted]",
    nested: [{ Authorization: "[redacted]", "set-cookie": "[redacted]", api_key: "[redacted]" }],
    next_page_token: "page-2",
    token_type: "bearer",
    email: "sam@northwind.example",
    ok: true,
    nothing: null,
  });
});

test.each([
  ["xoxb-1234-abcd and more", "[redacted] and more"],
  ["Bearer abcdefgh.ijkl", "[redacted]"],
  ["a token eyJhbGciOi.eyJzdWIi.c2ln here", "a token [redacted] here"],
  ["/response/T0TEAM/0123456789abcdef", "/response/[redacted]"],
  ["Offboard Sam Rivers", "Offboard Sam Rivers"],
])("%s", (text, shown) => {
  expect(createRedactor([]).text(text)).toBe(shown);
});
