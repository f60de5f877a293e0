import { expect, test } from "vitest";
import { mayBeAlike } from "../../src/target/likeness.ts";

const EXECUTIVE = { emails: ["dana.reyes@corp.example"], names: ["Dana Reyes"] };

test.each([
  ["the address with a plus part", "dana.reyes+zoom@corp.example"],
  ["the address with a look-alike", "d\u0430na.reyes@corp.example"],
  ["the same local part elsewhere", "dana.reyes@private.example"],
  ["the local part written otherwise", "dana_reyes@private.example"],
  ["first and last name together", "danareyes@private.example"],
  ["last and first name", "reyes.dana@private.example"],
  ["an initial and the last name", "dreyes@private.example"],
  ["the last name and an initial", "reyesd@private.example"],
  ["the first name and an initial", "danar@private.example"],
  ["the first name alone", "dana@private.example"],
  ["the last name alone", "reyes@private.example"],
  ["a number behind it", "dana.reyes2@private.example"],
  ["a slip in it", "dana.reyess@private.example"],
  ["a middle name", "dana.m.reyes@private.example"],
])("somebody may be a protected person by %s", (_what, email) => {
  expect(mayBeAlike({ emails: [email], names: [] }, EXECUTIVE)).toBe(true);
});

test.each([
  ["the same name", "Dana Reyes"],
  ["the name with accents", "Dána Réyes"],
  ["the last name first", "Reyes, Dana"],
  ["a middle name", "Dana Maria Reyes"],
  ["an initial", "D. Reyes"],
  ["a short form with the same initial", "Dani Reyes"],
  ["another last name with a slip", "Dana Reyess"],
])("somebody may be a protected person as Zoom calls them: %s", (_what, name) => {
  expect(mayBeAlike({ emails: ["x91@private.example"], names: [name] }, EXECUTIVE)).toBe(true);
});

test.each([
  ["another name", "sam.rivers@private.example", "Sam Rivers"],
  ["a relative by last name only", "x92@private.example", "Sam Reyes"],
  ["a namesake by first name only", "x93@private.example", "Dana Rivers"],
  ["nothing that is known", "x94@private.example", ""],
  ["initials only", "dr@private.example", "D R"],
])("and is somebody else with %s", (_what, email, name) => {
  expect(mayBeAlike({ emails: [email], names: [name] }, EXECUTIVE)).toBe(false);
});

test("a person without a name in Slack is compared by address alone", () => {
  const nameless = { emails: ["dana.reyes@corp.example"], names: [""] };
  expect(mayBeAlike({ emails: ["dana.reyes@private.example"], names: [] }, nameless)).toBe(true);
  expect(mayBeAlike({ emails: ["sam@private.example"], names: [""] }, nameless)).toBe(false);
});
