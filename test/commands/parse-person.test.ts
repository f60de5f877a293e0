import { expect, test } from "vitest";
import { parsePerson } from "../../commands/parse-person.ts";

test.each([
  ["<mailto:sam@example.com|sam@example.com>", { email: "sam@example.com" }],
  ["<mailto:sam@example.com?subject=x|sam@example.com>", { email: "sam@example.com" }],
  ["<mailto:sam@example.com?subject=x&body=y>", { email: "sam@example.com" }],
  ["<mailto:?to=sam@example.com|sam@example.com>", "unknown"],
  ["sam@example.com", { email: "sam@example.com" }],
  ["<@U0SAM|sam>", { slackId: "U0SAM" }],
  ["sam", "unknown"],
  ["", {}],
])("%s is read as the person and nothing else", (text, expected) => {
  expect(parsePerson(text)).toEqual(expected);
});
