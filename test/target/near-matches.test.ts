import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearMatches, type ListedAccount } from "../../src/target/near-matches.ts";

const SAM: ListedAccount = {
  place: "slack",
  id: "U0SAM",
  email: "sam.rivers@northwind.example",
  name: "Sam Rivers",
};
const OTHERS: ListedAccount[] = [
  { place: "slack", id: "U0ROBIN", email: "robin.lake@northwind.example", name: "Robin Lake" },
  { place: "zoom", id: "z2", email: "sasha@northwind.example", name: "Sasha Stone" },
  { place: "zoom", id: "z3", name: "Quinn" },
];

describe("is shown as a near match", () => {
  test.each([
    ["a misspelt domain", { email: "sam.rivers@northwind.exmaple" }],
    ["another domain of the company", { email: "sam.rivers@world.example" }],
    ["two letters swapped", { email: "sam.rviers@northwind.example" }],
    ["a letter too few", { email: "sam.river@northwind.example" }],
    ["the name in another order", { email: "rivers.sam@old.example" }],
    ["the same name", { email: "s@x.example", name: "Sam  RIVERS" }],
    ["a name with accents", { name: "Sám Rivers" }],
  ])("%s", (_name, wanted) => {
    expect(nearMatches(wanted, [...OTHERS, SAM])[0]).toBe(SAM);
  });
});

test.each([
  ["somebody else of the same company", { email: "casey.brook@northwind.example", name: "Casey Brook" }],
  ["a short name that many share", { email: "al@northwind.example" }],
])("%s is not like anybody", (_name, wanted) => {
  expect(nearMatches(wanted, [...OTHERS, SAM])).toEqual([]);
});

test("at most five are shown, all of them given, whatever the texts", () => {
  const account = fc.record({
    place: fc.constantFrom("slack" as const, "zoom" as const),
    name: fc.string({ unit: "grapheme" }),
    email: fc.option(fc.string(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(account, { maxLength: 12 }), fc.string(), fc.string(), (accounts, email, name) => {
      const found = nearMatches({ email, name }, accounts);
      expect(found.length).toBeLessThanOrEqual(5);
      expect(found.filter((one) => !(accounts as ListedAccount[]).includes(one))).toEqual([]);
    }),
  );
});

test("an account with exactly the name or the address is always among those that are shown", () => {
  const word = fc.stringMatching(/^[a-z]{3,9}$/);
  fc.assert(
    fc.property(word, word, (first, last) => {
      const same: ListedAccount = {
        place: "zoom",
        id: "z1",
        email: `${first}.${last}@other.example`,
        name: `${first} ${last}`,
      };
      expect(nearMatches({ email: `${first}.${last}@northwind.example` }, [...OTHERS, same])).toContain(same);
      expect(nearMatches({ name: `${last} ${first}` }, [...OTHERS, same])).toContain(same);
    }),
  );
});
