import { expect, test } from "vitest";
import { deniedGroups, denialsFor } from "../../../src/permission/decide/denials.ts";
import { MissingGroupFactError, standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { HOME, person } from "../organisation.ts";

const policy: Policy = {
  version: 1,
  approvals: [],
  roles: { it: { members: { users: ["U0RILEY"] }, scopes: ["zoom:*"] } },
  deny: [
    { who: { usergroups: ["S0INTERN"] }, reason: "No interns." },
    { who: { usergroups: ["S0INTERN", "S0TRIAL"] }, reason: "Nobody on trial." },
  ],
};
const asked = { playbook: "zoom-offboard", risks: ["reversible" as const], effects: [] };

function denials(groups: Record<string, boolean | "absent" | "unanswered">) {
  const standing = standingOf(policy, person({ id: "U0RILEY", groups }), HOME);
  return denialsFor(policy, standing, { groups: {}, slackId: "U0SAM", emails: [] } as never, asked).map(
    ({ id }) => id,
  );
}

test("a group that was not looked up is never taken for one that somebody is not in", () => {
  expect(() => denials({})).toThrow(MissingGroupFactError);
  expect(() => denials({ S0INTERN: false })).toThrow(MissingGroupFactError);
});

test("a deny rule speaks of the members of each of its groups, and of nobody else", () => {
  expect(denials({ S0INTERN: false, S0TRIAL: false })).toEqual([]);
  expect(denials({ S0INTERN: true, S0TRIAL: false })).toEqual(["deny[0]", "deny[1]"]);
  expect(denials({ S0INTERN: false, S0TRIAL: true })).toEqual(["deny[1]"]);
});

test("every group of a deny rule is looked up, once", () => {
  expect(deniedGroups(policy)).toEqual(["S0INTERN", "S0TRIAL"]);
});
