import { expect, test } from "vitest";
import { sentence } from "../../src/second-factor/sentence.ts";

const REASONS = ["not_enrolled", "wrong", "used", "locked", "unreadable", "expired"] as const;

test("every refusal is told in sentences of its own that fit next to a field", () => {
  const told = REASONS.map((reason) => sentence({ reason }));
  expect(new Set(told).size).toBe(REASONS.length);
  for (const text of told) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    // Errors next to a field are plain text: no marks, no tokens.
    expect(text).not.toMatch(/[`*_<>]/);
    expect(text.length).toBeLessThan(200);
  }
});
