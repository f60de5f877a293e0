import { expect, test } from "vitest";
import { mayDecide } from "../../src/approval/may-decide.ts";

const request = {
  rules: [{ id: "approvals[0]", stages: [{ parts: [{ roles: ["it-admins"], people: [], count: 1 }] }] }],
  requester: { id: "U0RILEY", aliases: ["riley@example.com"] },
  planHash: "hash",
  expiresAt: new Date(10_000),
};
const decider = { roles: ["it-admins"], planHash: "hash", at: new Date(0) };

const about = { ...request, target: { aliases: ["sam@example.com", "U0SAM"] } };

test.each([
  ["the target has a Slack id", about],
  ["the target is known by an e-mail alone", { ...request, target: { aliases: ["sam@example.com"] } }],
  ["the request is about no person", { ...request, target: { isPerson: false, aliases: [] } }],
])("a decider without an e-mail could be one of those concerned, so it is a no: %s", (_what, asked) => {
  const person = { id: "U0ALEX", aliases: [] };
  expect(mayDecide(asked, { ...decider, person })).toMatchObject({
    may: false,
    rule: "only who is known to be somebody else decides",
  });
});

test("where `identities` links their Slack id to an e-mail, they count", () => {
  const person = { id: "U0ALEX", aliases: ["alex@example.com"] };
  expect(mayDecide(about, { ...decider, person })).toMatchObject({ may: true });
});

test("an e-mail that mixes scripts could be made to look like another one, so it is a no", () => {
  const person = { id: "U0ALEX", aliases: ["\u0430lex@example.com"] };
  expect(mayDecide(about, { ...decider, person })).toMatchObject({ may: false });
});

test.each([
  ["a plus part of the requester's", "riley+adm@example.com"],
  ["an invisible character in the requester's", "ri\u200Bley@example.com"],
  ["a look-alike of the requester's", "r\u0456ley@example.com"],
  ["a plus part of the target's", "sam+vpn@example.com"],
  ["a look-alike of the target's", "s\u0430m@example.com"],
])("nobody counts under another account with %s", (_what, email) => {
  const person = { id: "U0SECOND", aliases: [email] };
  expect(mayDecide(about, { ...decider, person })).toMatchObject({ may: false });
});
