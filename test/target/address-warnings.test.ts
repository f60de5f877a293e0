import { expect, test } from "vitest";
import { addressWarnings } from "../../src/target/address-warnings.ts";
import type { ListedAccount } from "../../src/target/near-matches.ts";
import type { Target } from "../../src/target/target.ts";

const colleague = (id: string, email: string, isGuest = false): ListedAccount => ({
  place: "slack",
  id,
  email,
  name: id,
  isGuest,
});
const SAM: Target = { name: "Sam", slackId: "U0SAM", email: "sam@northwind.example", found: [] };
const CHANGED: Target = { ...SAM, email: "sam@elsewhere.example" };
const usual = {
  requesterEmail: "sasha@northwind.example",
  earlier: [],
  colleagues: [colleague("U0SAM", "sam@elsewhere.example"), colleague("U0LEE", "lee@world.example")],
};

test("an address of the requester's domain, or of a colleague's, is not odd", () => {
  expect(addressWarnings(SAM, usual)).toEqual([]);
  expect(addressWarnings({ ...SAM, email: "sam@world.example" }, usual)).toEqual([]);
});

test("an address whose domain only the person has is odd, and a guest's domain is none of the company's", () => {
  const warning = "Nobody else in this Slack workspace has an address at elsewhere.example.";
  expect(addressWarnings(CHANGED, usual)).toEqual([warning]);
  const colleagues = [...usual.colleagues, colleague("U0GUEST", "g@elsewhere.example", true)];
  expect(addressWarnings(CHANGED, { ...usual, colleagues })).toEqual([warning]);
});

test("where the people of the workspace are not known, no domain is odd", () => {
  expect(addressWarnings(CHANGED, { ...usual, colleagues: undefined })).toEqual([]);
});

test("an address that differs from the one of earlier requests about this Slack account is odd", () => {
  const warning = "Earlier requests about this Slack account went by sam@northwind.example.";
  const colleagues = undefined;
  expect(addressWarnings(CHANGED, { ...usual, colleagues, earlier: [SAM] })).toEqual([warning]);
  expect(addressWarnings(SAM, { ...usual, colleagues, earlier: [SAM] })).toEqual([]);
  const other = { ...SAM, slackId: "U0OTHER" };
  expect(addressWarnings(CHANGED, { ...usual, colleagues, earlier: [other] })).toEqual([]);
});
