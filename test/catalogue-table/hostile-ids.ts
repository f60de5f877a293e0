import * as fc from "fast-check";

/** Words that are endpoints of a vendor's beside an id, or stand for the person who asks. */
const WORDS = ["me", "email", "vanity_name", "zak", "features", "summary", "verify", "revoke", "unrevoke"];

const PIECES = [
  "..",
  ".",
  "/",
  "\\",
  "%2e",
  "%2f",
  "%5c",
  "%00",
  "%c0%ae",
  "%ef%bc%8f",
  "?action=delete",
  "#",
  ";",
  "@",
  ":",
  "%",
  "+",
  "\u0000",
  "\t",
  "\r\n",
  "\u200b",
  "\u202e",
  "\ufeff",
  // Look-alikes of the full stop, the slash and the letters of `me`.
  "．",
  "․",
  "／",
  "∕",
  "⁄",
  "＼",
  "ｍｅ",
  "ⅿe",
  "е",
  " ",
  "é",
  "👩‍💻",
  "a",
];

function encodeTimes(text: string, times: number): string {
  return times === 0 ? text : encodeTimes(encodeURIComponent(text.toWellFormed()), times - 1);
}

function encodeEach(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

const word = fc.constantFrom(...WORDS);
const piece = fc.oneof(fc.constantFrom(...PIECES), word, fc.string({ maxLength: 3 }));
const pieces = fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
const disguisedWord = fc
  .tuple(word, fc.constantFrom("", " ", "\u00a0", "\u200b"), fc.boolean(), fc.boolean())
  .map(([text, around, isUpper, isEncoded]) => {
    const shown = around + (isUpper ? text.toUpperCase() : text) + around;
    return isEncoded ? encodeEach(shown) : shown;
  });

/** Ids that try to lead elsewhere, among them ones that are merely unusual. */
export const hostileId: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: pieces },
  {
    weight: 2,
    arbitrary: fc.tuple(pieces, fc.integer({ min: 1, max: 4 })).map(([text, n]) => encodeTimes(text, n)),
  },
  { weight: 1, arbitrary: pieces.map(encodeEach) },
  { weight: 2, arbitrary: disguisedWord },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 300 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 999_999_999_999 }).map(String) },
  { weight: 1, arbitrary: fc.emailAddress() },
);
