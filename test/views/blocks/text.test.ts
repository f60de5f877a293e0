import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cutMrkdwn,
  escapeText,
  escapeTyped,
  escapeValue,
  escapeValueWithin,
  mention,
  moment,
  mrkdwn,
} from "../../../views/blocks/text.ts";

/** Every `&` begins a whole escape, every `<` a whole mention, link or date. */
const WHOLE = /^(?:[^&<]|&(?:amp|lt|gt);|<[^<>]+>)*$/;

const pieces = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }).map(escapeText),
  fc.constantFrom("&", "<", ">", "<!channel>").map(escapeText),
  fc.constantFrom(mention("U0SAM"), moment(new Date("2026-11-29T12:46:20.675Z"))),
);

test("mrkdwn that is cut ends outside of every escape, mention and date, wherever the cut falls", () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.integer({ min: 1, max: 300 }), (parts, length) => {
      const text = parts.join("");
      const kept = cutMrkdwn(text, length);
      expect(kept.length).toBeLessThanOrEqual(length);
      expect(kept).toMatch(WHOLE);
      if (text.length <= length) expect(kept).toBe(text);
      else expect(text.startsWith(kept.slice(0, -1))).toBe(true);
    }),
  );
});

test.each([2_993, 2_994, 2_995, 2_996, 2_997, 2_998, 2_999])(
  "a block whose limit falls just after %i characters shows no half of an escape",
  (before) => {
    const { text } = mrkdwn(`${"a".repeat(before)}&amp;&amp;&amp;`);
    expect(text).toMatch(/^a+(?:&amp;)?…$/);
    expect(text.length).toBeLessThanOrEqual(3_000);
  },
);

/** Whether a text shows formatting, an emoji or a line of its own in Slack. */
function isFormatted(text: string): boolean {
  return /[*_~`](?!\u200B)|:[a-z0-9_+'-]+:/.test(text) || /\n(?!> )/.test(text);
}

const typed = fc
  .array(
    fc.constantFrom(
      "*",
      "_",
      "~",
      "`",
      ":",
      "smile",
      "\n",
      "\r\n",
      "\u2028",
      "Approved by",
      "<@U0EVE>",
      "&",
      " ",
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(""));

test("what somebody typed never looks like words of ours, cut or whole", () => {
  fc.assert(
    fc.property(typed, fc.integer({ min: 1, max: 80 }), (text, length) => {
      expect(isFormatted(escapeTyped(text))).toBe(false);
      expect(isFormatted(escapeValue(text))).toBe(false);
      const within = escapeValueWithin(text, length);
      expect(isFormatted(within)).toBe(false);
      expect(within.length).toBeLessThanOrEqual(length);
    }),
    { numRuns: 2_000 },
  );
});
