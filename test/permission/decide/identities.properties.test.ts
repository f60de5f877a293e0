import * as fc from "fast-check";
import { expect, test } from "vitest";
import { comparePeople, isSamePerson, namesOfPerson } from "../../../src/permission/decide/identities.ts";

/** Names that are different ones, each in every way in which a file or a vendor may write it. */
const SPELLINGS = [
  ["U0AVA", "u0ava", " U0AVA ", "\uFF35\uFF10AVA"],
  ["U0BEN", "u0ben", "U0BEN\n"],
  ["U0CLEO", "u0cleo"],
  ["ava@acme.test", "AVA@acme.test", " Ava@Acme.Test", "\uFF41va@acme.test"],
  ["ben@acme.test", "BEN@ACME.TEST"],
  ["cleo@acme.test", "Cleo@acme.test "],
] as const;
const MANY = { numRuns: 4_000 };

const name = fc.nat(SPELLINGS.length - 1).chain((index) =>
  fc.record({
    index: fc.constant(index),
    text: fc.constantFrom(...(SPELLINGS[index] as readonly string[])),
  }),
);
const links = fc.array(fc.array(name, { minLength: 2, maxLength: 3 }), { maxLength: 3 });
const known = fc.array(name, { minLength: 1, maxLength: 2 });
type Name = { index: number; text: string };

const texts = (names: readonly Name[]) => names.map(({ text }) => text);
const policyOf = (lists: readonly (readonly Name[])[]) => ({ identities: lists.map(texts) });

/** Who is reached from a name over any chain of lists, worked out as a transitive closure (Warshall). */
function closure(lists: readonly (readonly Name[])[]): boolean[][] {
  const all = SPELLINGS.map((_, index) => index);
  const reach = all.map((from) =>
    all.map(
      (to) =>
        from === to ||
        lists.some((list) => [from, to].every((one) => list.some(({ index }) => index === one))),
    ),
  );
  for (const middle of all)
    for (const from of all)
      for (const to of all) reach[from]![to] ||= reach[from]![middle]! && reach[middle]![to]!;
  return reach;
}

test("two people are one where any chain of lists joins their names, however they are written", () => {
  const seen = { same: 0, different: 0, unknown: 0 };
  fc.assert(
    fc.property(links, known, known, (lists, left, right) => {
      const reach = closure(lists);
      const of = (names: readonly Name[]) =>
        SPELLINGS.map((_, index) => index).filter((to) => names.some(({ index }) => reach[index]![to]));
      const [lefts, rights] = [of(left), of(right)];
      const isOne = lefts.some((index) => rights.includes(index));
      // The first three are Slack ids. Two of a kind can be told apart; an id and an e-mail cannot.
      const haveBoth = (kind: (index: number) => boolean) => lefts.some(kind) && rights.some(kind);
      const areTwo = haveBoth((index) => index < 3) || haveBoth((index) => index >= 3);
      const expected = isOne ? "same" : areTwo ? "different" : "unknown";
      seen[expected] += 1;
      const policy = policyOf(lists);
      expect(comparePeople(policy, texts(left), texts(right))).toBe(expected);
      expect(comparePeople(policy, texts(right), texts(left))).toBe(expected);
      expect(isSamePerson(policy, texts(left), texts(right))).toBe(isOne);
      expect(new Set(namesOfPerson(policy, texts(left)))).toEqual(
        new Set(lefts.map((index) => SPELLINGS[index]![0].toLowerCase())),
      );
    }),
    MANY,
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(200);
});

test("one more list never makes two people of one", () => {
  fc.assert(
    fc.property(links, fc.array(name, { minLength: 2 }), known, known, (lists, more, left, right) => {
      fc.pre(isSamePerson(policyOf(lists), texts(left), texts(right)));
      expect(isSamePerson(policyOf([...lists, more]), texts(left), texts(right))).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

test("a missing or empty name joins nobody to anybody", () => {
  expect(namesOfPerson({}, [undefined, "", " "])).toEqual([]);
  expect(isSamePerson({}, ["U0AVA", "", undefined], ["U0BEN", " ", undefined])).toBe(false);
  expect(isSamePerson({}, [undefined], [undefined])).toBe(false);
});
