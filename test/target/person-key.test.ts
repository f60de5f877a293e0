import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayBeSamePerson, mixesScripts, personKey } from "../../src/target/person-key.ts";

const REQUESTER = "requester@example.com";

describe("may be the same person", () => {
  test.each([
    ["a plus part", "requester+adm@example.com"],
    ["a zero-width space", "reques\u200Bter@example.com"],
    ["a soft hyphen", "reques\u00ADter@example.com"],
    ["a word joiner", "requester\u2060@example.com"],
    ["a variation selector", "requester\uFE0F@example.com"],
    ["a Hangul filler", "requester\u3164@example.com"],
    ["a blank braille pattern", "requester\u2800@example.com"],
    ["a tag character", "requester\u{E0061}@example.com"],
    ["a no-break space", "requester\u00A0@example.com"],
    ["a letter that turns the direction of text", "\u202Erequester@example.com"],
    ["a Cyrillic е", "r\u0435quester@example.com"],
    ["Cyrillic letters only, where there are such", "\u0433\u0435quester@ex\u0430mple.com"],
    ["a Greek ε and ο", "r\u03B5quester@example.c\u03BFm"],
    ["full-width letters", "ｒｅｑｕｅｓｔｅｒ@example.com"],
    ["a full-width plus", "requester\uFF0Badm@example.com"],
    ["capital letters", "Requester@Example.COM"],
    ["an accent", "réquester@example.com"],
    ["an accent of its own", "re\u0301quester@example.com"],
    ["several at once", "Req\u200Buest\u0435r+x+y@ex\u00ADample.com"],
  ])("with %s", (_what, other) => {
    expect(mayBeSamePerson([REQUESTER], [other])).toBe(true);
    expect(mayBeSamePerson([other], ["U0OTHER", REQUESTER])).toBe(true);
  });

  test.each([
    ["another local part", "requesters@example.com"],
    ["another domain", "requester@example.org"],
    ["a plus part in the domain only", "requester@example+x.com"],
    ["another order", "requetser@example.com"],
  ])("and not with %s", (_what, other) => {
    expect(mayBeSamePerson([REQUESTER], [other])).toBe(false);
  });

  test("digits and letters that look alike are one in an e-mail, and never in a Slack id", () => {
    expect(mayBeSamePerson(["admin0@example.com"], ["admino@example.com"])).toBe(true);
    expect(mayBeSamePerson(["bill1@example.com"], ["billl@example.com"])).toBe(true);
    expect(mayBeSamePerson(["kimberly@example.com"], ["kirnberly@example.com"])).toBe(true);
    expect(mayBeSamePerson(["U0O1"], ["U0OL"])).toBe(false);
    expect(mayBeSamePerson(["U0OO"], ["U000"])).toBe(false);
    expect(mayBeSamePerson(["u0sam "], ["U0SAM"])).toBe(true);
  });

  test("nobody is anybody by names that are missing, empty or invisible", () => {
    expect(mayBeSamePerson([undefined, "", " ", "\u200B"], ["", "\u2060", undefined])).toBe(false);
  });

  test("an address that is nothing but a plus part is compared as a whole", () => {
    expect(mayBeSamePerson(["+one@example.com"], ["+two@example.com"])).toBe(false);
  });
});

const local = fc.stringMatching(/^[a-z][a-z0-9.]{0,12}$/);
const invisible = fc.constantFrom("\u200B", "\u00AD", "\u2060", "\uFEFF", "\u200D", "\u180E", "\u3164", " ");
const disguise = fc.array(fc.tuple(fc.nat(), invisible), { maxLength: 4 });

test("however an address is disguised, it keeps its key, and a key is its own", () => {
  fc.assert(
    fc.property(local, local, disguise, fc.boolean(), (name, plus, hidden, isUpper) => {
      const address = `${name}@example.com`;
      let worn = `${name}+${plus}@example.com`;
      for (const [place, sign] of hidden) {
        const at = place % (worn.length + 1);
        worn = worn.slice(0, at) + sign + worn.slice(at);
      }
      expect(personKey(isUpper ? worn.toUpperCase() : worn)).toBe(personKey(address));
      expect(personKey(personKey(address))).toBe(personKey(address));
    }),
    { numRuns: 5_000 },
  );
});

test("letters of two scripts in one part of an address are seen", () => {
  expect(mixesScripts("r\u0435quester@example.com")).toBe(true);
  expect(mixesScripts("requester@ex\u0430mple.com")).toBe(true);
  expect(mixesScripts("requester.\u0438\u0432\u0430\u043D@example.com")).toBe(false);
  expect(mixesScripts("jürgen.groß@example.com")).toBe(false);
});
