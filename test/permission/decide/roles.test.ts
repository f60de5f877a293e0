import { describe, expect, test } from "vitest";
import { targetGroups } from "../../../src/permission/decide/asked-target.ts";
import { groupsNeeded, standingOf } from "../../../src/permission/decide/roles.ts";
import type { PersonFacts } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { HOME, person } from "../organisation.ts";

const policy: Policy = {
  version: 1,
  roles: {
    it: { members: { usergroups: ["S0IT"], users: ["U0ADA"] }, scopes: ["zoom:*"] },
    owners: { members: { workspace: ["owner", "admin"] }, scopes: ["*"] },
    security: { members: { usergroups: ["S0SEC", "S0IT"] }, scopes: ["*"] },
    nobody: { members: {}, scopes: ["*"] },
    nobodyEither: { members: { usergroups: [], users: [], workspace: [] }, scopes: ["*"] },
  },
  approvals: [],
  protected: [{ members: { usergroups: ["S0EXEC"] }, approvers: ["it"], count: 1 }],
};
const noGroups = { S0IT: false, S0SEC: false };

describe("a role", () => {
  test.each<[string, Partial<PersonFacts>, { role: string; through: string }[]]>([
    [
      "user group",
      { groups: { S0IT: false, S0SEC: true } },
      [{ role: "security", through: "user group S0SEC" }],
    ],
    ["name", { id: "U0ADA", groups: noGroups }, [{ role: "it", through: "named in the policy" }]],
    ["rank", { isOwner: true, groups: noGroups }, [{ role: "owners", through: "workspace owner" }]],
    [
      "two ways at once",
      { id: "U0ADA", groups: { S0IT: true, S0SEC: false } },
      [
        { role: "it", through: "user group S0IT and named in the policy" },
        { role: "security", through: "user group S0IT" },
      ],
    ],
    ["nothing", { groups: noGroups }, []],
  ])("is held through %s", (_, facts, expected) => {
    expect(standingOf(policy, person(facts), HOME).roles).toEqual(expected);
  });

  test.each<[string, Partial<PersonFacts>]>([
    ["a guest", { isRestricted: true }],
    ["a single-channel guest", { isUltraRestricted: true }],
    ["a bot", { isBot: true }],
    ["Slackbot", { id: "USLACKBOT" }],
    ["a deactivated person", { deleted: true }],
    ["a person of another organisation", { isStranger: true }],
    ["a person of another workspace", { teamId: "T0OTHER" }],
  ])("is never held by %s, whatever else is true of them", (_, facts) => {
    const standing = standingOf(
      policy,
      person({ isOwner: true, isAdmin: true, groups: { S0IT: true, S0SEC: true }, ...facts }),
      HOME,
    );
    expect(standing.roles).toEqual([]);
    expect(standing.barred).toMatch(/hold no role/);
  });

  test("is not decided while a user group was not looked up", () => {
    expect(() => standingOf(policy, person({ id: "U0ADA", groups: { S0IT: true } }), HOME)).toThrow(
      /user group S0SEC was not looked up/,
    );
  });

  test("can be asked for alone, and then only its groups are needed", () => {
    expect(groupsNeeded(policy, ["it", "unknown", "constructor"])).toEqual(["S0IT"]);
    expect(groupsNeeded(policy)).toEqual(["S0IT", "S0SEC"]);
    expect(targetGroups(policy)).toEqual(["S0EXEC"]);
    const standing = standingOf(policy, person({ groups: { S0IT: true } }), HOME, [
      "it",
      "unknown",
      "constructor",
    ]);
    expect(standing.roles).toEqual([{ role: "it", through: "user group S0IT" }]);
  });
});
