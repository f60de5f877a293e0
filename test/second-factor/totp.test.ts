import fc from "fast-check";
import { Secret, URI } from "otpauth";
import { expect, test } from "vitest";
import {
  codeOfStep,
  enrolmentUri,
  groupsOfFour,
  matchingStep,
  newSecret,
  stepAt,
} from "../../src/second-factor/totp.ts";

/** RFC 6238, appendix B: the secret of the SHA-1 rows. */
const RFC_SECRET = Secret.fromLatin1("12345678901234567890").base32;
const atSecond = (second: number) => new Date(second * 1_000);

test.each([
  [59, 0x1, "94287082"],
  [1_111_111_109, 0x23523ec, "07081804"],
  [1_111_111_111, 0x23523ed, "14050471"],
  [1_234_567_890, 0x273ef07, "89005924"],
  [2_000_000_000, 0x3f940aa, "69279037"],
  [20_000_000_000, 0x27bc86aa, "65353130"],
])("the RFC's code at second %i comes out, cut to six digits", (second, step, code) => {
  expect(stepAt(atSecond(second))).toBe(step);
  expect(codeOfStep(RFC_SECRET, step)).toBe(code.slice(-6));
  expect(matchingStep(RFC_SECRET, code.slice(-6), atSecond(second))).toBe(step);
});

test("a code is good in its own step and in the ones beside it, to the millisecond", () => {
  const step = stepAt(atSecond(1_234_567_890));
  const code = codeOfStep(RFC_SECRET, step);
  const start = step * 30_000;
  const matches = (milliseconds: number) => matchingStep(RFC_SECRET, code, new Date(milliseconds)) === step;
  expect([start - 30_001, start - 30_000, start, start + 59_999, start + 60_000].map(matches)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
});

test("spaces are ignored, and anything but six digits is no code", () => {
  const at = atSecond(59);
  for (const typed of ["287 082", " 287082 ", "28 70 82", "287\u00a0082\n"])
    expect(matchingStep(RFC_SECRET, typed, at)).toBe(1);
  for (const typed of [
    "",
    "28708",
    "94287082",
    "0287082",
    "287082x",
    "+287082",
    "287.082",
    "２８７０８２",
    "28708\u0665",
  ])
    expect(matchingStep(RFC_SECRET, typed, at)).toBeUndefined();
});

test("whatever is typed, it belongs to a step of the window or to none", () => {
  const typed = fc.oneof(
    fc.string(),
    fc.integer({ min: 0, max: 999_999 }).map((code) => String(code).padStart(6, "0")),
  );
  fc.assert(
    fc.property(typed, fc.integer({ min: 0, max: 4_000_000_000 }), (text, second) => {
      const at = atSecond(second);
      const step = matchingStep(RFC_SECRET, text, at);
      if (step === undefined) return;
      expect(Math.abs(step - stepAt(at))).toBeLessThanOrEqual(1);
      expect(codeOfStep(RFC_SECRET, step)).toBe(text.replaceAll(/\s/g, ""));
    }),
  );
});

test("secrets are of 160 bits, and no two are the same", () => {
  const secrets = Array.from({ length: 50 }, newSecret);
  expect(new Set(secrets).size).toBe(50);
  for (const secret of secrets) {
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20);
    expect(groupsOfFour(secret)).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  }
});

test("an app reads from the address what is needed, whatever the account is called", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), (account) => {
      const uri = enrolmentUri(RFC_SECRET, account);
      expect(uri.startsWith("otpauth://totp/Deadbolt:")).toBe(true);
      const read = new URL(uri);
      expect(decodeURIComponent(read.pathname.split(":").slice(1).join(":"))).toBe(
        account.replaceAll(":", " "),
      );
      expect(Object.fromEntries(read.searchParams)).toEqual({
        issuer: "Deadbolt",
        secret: RFC_SECRET,
        algorithm: "SHA1",
        digits: "6",
        period: "30",
      });
    }),
  );
  expect(URI.parse(enrolmentUri(RFC_SECRET, "alex@northwind.example"))).toMatchObject({
    issuer: "Deadbolt",
    label: "alex@northwind.example",
  });
  expect(enrolmentUri(RFC_SECRET, "alex@northwind.example")).toContain("Deadbolt:alex%40northwind.example?");
});
