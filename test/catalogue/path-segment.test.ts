import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePathSegment, findPathSegmentFault, pathId } from "../../src/catalogue/path-segment.ts";

const hostilePieces = fc.constantFrom(
  "..",
  ".",
  "/",
  "\\",
  "%2e",
  "%2E%2e",
  "%2f",
  "%5c",
  "%252e%252e",
  "%c0%ae",
  "me",
  "ME",
  "?action=delete",
  "#",
  ";",
  "@",
  ":",
  "//",
  "\t",
  "\n",
  "\u0000",
  "\u202e",
  "．",
  "／",
  "victim",
  " ",
  "é",
  "👩‍💻",
);
const anyId = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.oneof(hostilePieces, fc.string({ maxLength: 4 })), { maxLength: 6 })
    .map((parts) => parts.join("")),
);

describe("a path id", () => {
  it("never makes an address that leads elsewhere, whatever the id is", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        if (findPathSegmentFault(id) !== undefined) return;
        const path = `/v2/users/${encodePathSegment(id)}/status`;
        const url = new URL(path, "https://api.example.com");
        expect(url.href).toBe(`https://api.example.com${path}`);
        expect(url.pathname.split("/")).toHaveLength(5);
        expect(decodeURIComponent(url.pathname.split("/")[3] ?? "")).toBe(id);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is either refused by both the schema and the encoder, or by neither", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        const isRefused = !pathId.safeParse(id).success;
        const encode = (): string => encodePathSegment(id);
        if (isRefused) expect(encode).toThrow(RangeError);
        else expect(encode()).not.toBe("");
      }),
    );
  });

  it.each([
    "",
    " ",
    ".",
    "..",
    " ..",
    "me",
    "ME",
    "Me ",
    "ｍｅ",
    "%6d%65",
    "email",
    "vanity_name",
    "zak",
    "features",
    "summary",
    "Summary",
    "abc/../victim",
    "abc\\victim",
    "abc%2f..%2fvictim",
    "abc%252fvictim",
    "%2e%2e",
    "%2E.",
    "%c0%ae%c0%ae",
    "a／b",
    "a\nb",
    "a%0ab",
    "a\u202eb",
    "\ud800",
    "x".repeat(256),
  ])("refuses %j", (id) => {
    expect(findPathSegmentFault(id)).toBeDefined();
  });

  it.each([
    ["zJKyaiAyTNC-MWjiWC18KQ", "zJKyaiAyTNC-MWjiWC18KQ"],
    ["sam+test@example.com", "sam%2Btest%40example.com"],
    ["me@example.com", "me%40example.com"],
    ["o'brien@example.com", "o'brien%40example.com"],
    ["100%@example.com", "100%25%40example.com"],
    ["...", "..."],
    ["a?b#c", "a%3Fb%23c"],
  ])("encodes %j as %j", (id, segment) => {
    expect(encodePathSegment(id)).toBe(segment);
  });
});
