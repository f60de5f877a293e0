import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanVendorMessage } from "../../src/connectors/vendor-message.ts";

describe("a vendor's message", () => {
  it("keeps nothing that is a secret, is invisible, or is too long", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_\-+/=.]{1,60}$/);
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 600 }),
        secret,
        fc.string(),
        (before, token, after) => {
          const text = cleanVendorMessage(`${before}${token}${after}`, [token]) ?? "";
          if (!"[masked]".includes(token) && token.length > 8) expect(text).not.toContain(token);
          expect(text.length).toBeLessThanOrEqual(300);
          expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(text.isWellFormed()).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it.each([
    ["Bad header Authorization: Bearer abc.def-123", "Bad header Authorization: [masked]"],
    ["Basic dXNlcjpwYXNz was refused", "[masked] was refused"],
    ["token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln expired", "token [masked] expired"],
    [`key ${"a1".repeat(20)}`, "key [masked]"],
    ["User does not exist: zJKyaiAyTNC-MWjiWC18KQ.", "User does not exist: zJKyaiAyTNC-MWjiWC18KQ."],
    ["two\r\nlines\u0000and \u202ea trick", "two lines and a trick"],
  ])("%j becomes %j", (message, expected) => {
    expect(cleanVendorMessage(message)).toBe(expected);
  });

  it("is undefined when nothing is left", () => {
    expect(cleanVendorMessage(" \n\u200b")).toBeUndefined();
  });
});
