import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emailFault, normaliseEmail } from "../../src/target/email.ts";

describe("an e-mail", () => {
  test.each([
    ["a control character", "sam\u0000@example.com", /control characters/],
    ["a line break at the end", "sam@example.com\n", /control characters/],
    ["a right-to-left override", "sam\u202e@example.com", /direction/],
    ["a zero-width space", "sam\u200b@example.com", /invisible/],
    ["a soft hyphen", "sa\u00adm@example.com", /invisible/],
    ["a no-break space", "sam@example.com\u00a0", /only looks like one/],
    ["an ideographic space", "\u3000sam@example.com", /only looks like one/],
    ["a line separator", "sam@example.com\u2028", /invisible/],
    ["a plain space inside", "sam @example.com", /contains a space/],
    ["a full-width letter", "ｓam@example.com", /look like plain letters/],
    ["a full-width at sign", "sam＠example.com", /look like plain letters/],
    ["a ligature", "ﬁona@example.com", /look like plain letters/],
    ["the Kelvin sign", "\u212aim@example.com", /look like plain letters/],
    ["a dotted capital I", "\u0130an@example.com", /look like plain letters/],
    ["no at sign", "sam", /not an e-mail/],
    ["two at signs", "sam@x@example.com", /not an e-mail/],
    ["nothing", "", /not an e-mail/],
    ["Slack markup", "<!channel>@example.com", /not an e-mail/],
    ["too much", `${"x".repeat(250)}@example.com`, /longer than 254/],
  ])("with %s is refused", (_, text, message) => {
    expect(emailFault(text)).toMatch(message);
  });

  test.each([
    "sam@example.com",
    " Sam.O'Doe+zoom@EXAMPLE.com ",
    "josé@example.com",
    "jose\u0301@example.com",
    "山田@例え.jp",
  ])("such as %s is fine", (text) => {
    expect(emailFault(text)).toBeUndefined();
  });

  test("that is accepted is in one form, and no other plain text turns into it", () => {
    const strange = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...Array.from("samSAM.@ ")),
        fc.constantFrom(...Array.from("ſａＭ＠．\u00a0\u200b\u202e\u212a\u0130")),
        fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(strange, (local) => {
        const text = `${local}@example.com`;
        if (emailFault(text) !== undefined) return;
        const normal = normaliseEmail(text);
        expect(normaliseEmail(normal)).toBe(normal);
        expect(emailFault(normal)).toBeUndefined();
        const plain = normal.replace(/[^!-~]/gu, "").length;
        expect(text.normalize("NFC").replace(/[^!-~]/gu, "").length).toBe(plain);
      }),
      { numRuns: 3_000 },
    );
  });
});
