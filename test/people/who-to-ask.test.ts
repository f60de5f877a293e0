import { expect, test } from "vitest";
import type { LikelyApprovers } from "../../src/people/likely-approvers.ts";
import { whoToAsk } from "../../src/people/who-to-ask.ts";
import type { Wanted } from "../../src/request/wanted.ts";
import { person } from "../permission/organisation.ts";

function found(
  ids: string[],
  { onCall = [], isComplete = true }: { onCall?: string[]; isComplete?: boolean } = {},
) {
  const people = ids.map((id) => ({
    facts: person({ id }),
    roles: ["security"],
    isOnCall: onCall.includes(id),
  }));
  return { people, isComplete };
}

test.each<[string, Wanted, LikelyApprovers, string]>([
  ["one", { roles: ["security"] }, found(["U1"]), "Ask <@U1> (security)."],
  ["two roles", { roles: ["it", "security"] }, found(["U1", "U2"]), "Ask <@U1> or <@U2> (it or security)."],
  [
    "whoever is on call first, and not everyone",
    { roles: ["security"] },
    found(["U1", "U2", "U3", "U4", "U5"], { onCall: ["U5"] }),
    "Ask <@U5>, <@U1>, <@U2> or 2 more (security).",
  ],
  [
    "missing approvals",
    { roles: ["security"], missing: 2 },
    found(["U1", "U2"]),
    "Still needed: 2 more of <@U1> or <@U2> (security).",
  ],
  [
    "people without a role",
    { roles: [], people: ["U7"], missing: 1 },
    found(["U7"]),
    "Still needed: 1 more of <@U7>.",
  ],
  [
    "nobody at all",
    { roles: ["security"] },
    found([]),
    "Nobody else holds the role security now. Ask the policy's owner.",
  ],
  [
    "people who cannot be listed",
    { roles: ["security"], missing: 1 },
    found([], { isComplete: false }),
    "Still needed: 1 more. Deadbolt cannot list who holds the role security now. Ask in the channel.",
  ],
])("names %s", async (_, wanted, people, sentence) => {
  expect(await whoToAsk([wanted], async () => people)).toBe(sentence);
});

test("says the same thing once, though two rules ask for it", async () => {
  const wanted = { roles: ["security"], missing: 1 };
  expect(await whoToAsk([wanted, wanted], async () => found(["U1"]))).toBe(
    "Still needed: 1 more of <@U1> (security).",
  );
});
