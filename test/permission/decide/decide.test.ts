import { describe, expect, test } from "vitest";
import { protectionsFor, type AskedTarget } from "../../../src/permission/decide/asked-target.ts";
import { decide } from "../../../src/permission/decide/decide.ts";
import type { AskedOperation } from "../../../src/permission/decide/asked-operation.ts";
import type { DecisionInput } from "../../../src/permission/decide/decide.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { HOME, person, SOME_NOON } from "../organisation.ts";

const policy: Policy = {
  version: 1,
  roles: {
    "it-admins": {
      members: { usergroups: ["S0IT"] },
      scopes: ["zoom:user:read:admin", "zoom:user:write:admin"],
    },
    security: { members: { usergroups: ["S0SEC"] }, scopes: ["zoom:*", "cloudflare:*"] },
    readers: { members: { users: ["U0READER"] }, scopes: ["zoom:user:read:admin"] },
  },
  approvals: [
    { for: { playbook: "zoom-offboard" }, approvers: ["it-admins", "security"], count: 1, expires: "24h" },
    { for: { risk: "irreversible" }, approvers: ["security"], count: 2, expires: "8h" },
    { for: { risk: "read" }, approvers: [], count: 0 },
  ],
  protected: [{ members: { usergroups: ["S0EXEC"], users: ["U0CEO"] }, approvers: ["security"], count: 2 }],
};
const read: AskedOperation = { name: "zoom.user.get", risk: "read", scopes: ["zoom:user:read:admin"] };
const deactivate: AskedOperation = {
  name: "zoom.user.updateStatus",
  risk: "reversible",
  scopes: ["zoom:user:update:status:admin", "zoom:user:write:admin"],
};
const remove: AskedOperation = {
  name: "zoom.user.delete",
  risk: "irreversible",
  scopes: ["zoom:user:delete:user:admin", "zoom:user:write:admin"],
};
const revoke: AskedOperation = {
  name: "cloudflare.access.revokeUserInAccount",
  risk: "reversible",
  scopes: ["cloudflare:access:revoke"],
};

function admin(id = "U0IT"): DecisionInput["requester"] {
  return standingOf(
    policy,
    person({ id, email: `${id}@example.com`, groups: { S0IT: true, S0SEC: false } }),
    HOME,
  );
}

function about(changes: Partial<AskedTarget> = {}): AskedTarget {
  return { slackIds: ["U0SAM"], emails: ["sam@example.com"], groups: { S0EXEC: false }, ...changes };
}

function ask(changes: Partial<DecisionInput> = {}): DecisionInput {
  return {
    policy,
    requester: admin(),
    target: about(),
    playbook: "zoom-offboard",
    operations: [read, deactivate],
    at: SOME_NOON,
    history: [],
    ...changes,
  };
}

describe("a decision", () => {
  test("asks for the playbook's approval and says why in readable sentences", () => {
    const decision = decide(ask());
    expect(decision).toEqual({
      kind: "needs_approval",
      because: expect.stringContaining("it-admins (user group S0IT)"),
      rules: [
        {
          id: "approvals[0]",
          stages: [{ parts: [{ roles: ["it-admins", "security"], people: [], count: 1 }] }],
          secondFactor: false,
          remindMilliseconds: [],
          expiresMilliseconds: 86_400_000,
          because: "the request is zoom-offboard",
          description:
            "One person with the role it-admins or security must approve within 24 hours, because the request is zoom-offboard.",
        },
      ],
    });
  });

  test("applies every matching rule together, those that protect the person too", () => {
    const decision = decide(ask({ operations: [read, remove], target: about({ groups: { S0EXEC: true } }) }));
    expect(decision).toMatchObject({
      kind: "needs_approval",
      rules: [
        { id: "approvals[0]", stages: [{ parts: [{ count: 1 }] }] },
        {
          id: "approvals[1]",
          stages: [{ parts: [{ count: 2 }] }],
          expiresMilliseconds: 8 * 3_600_000,
        },
        { id: "protected[0]", stages: [{ parts: [{ count: 2, roles: ["security"] }] }] },
      ],
    });
  });

  test("lets reading alone run at once where the policy says count 0", () => {
    const decision = decide(ask({ playbook: "look-up", operations: [read] }));
    expect(decision).toMatchObject({ kind: "allowed", rule: "approvals[2]" });
  });

  test("does not let a rule for reads cover a change", () => {
    const decision = decide(ask({ playbook: "look-up", operations: [read, deactivate] }));
    expect(decision).toMatchObject({
      kind: "denied",
      rule: "no approval rule covers look-up with a step that is reversible",
    });
  });

  test("names the missing scope and the roles that have it", () => {
    expect(decide(ask({ operations: [read, revoke] }))).toMatchObject({
      kind: "denied",
      missing: ["cloudflare:access:revoke"],
      whoCanGrant: ["security"],
      reason: expect.stringContaining("cloudflare:access:revoke"),
    });
  });

  test("names every role that would do, and says when there is none", () => {
    const requester = standingOf(
      policy,
      person({ id: "U0READER", groups: { S0IT: false, S0SEC: false } }),
      HOME,
    );
    expect(decide(ask({ requester }))).toMatchObject({
      kind: "denied",
      whoCanGrant: ["it-admins", "security"],
    });
    const odd: AskedOperation = { name: "other.thing", risk: "read", scopes: ["other:scope"] };
    expect(decide(ask({ operations: [odd] }))).toMatchObject({
      kind: "denied",
      missing: ["other:scope"],
      whoCanGrant: [],
      reason: expect.stringContaining("No role in the policy has it."),
    });
  });

  test("denies an operation that names no scope, and a request without operations", () => {
    expect(decide(ask({ operations: [{ ...read, scopes: [] }] })).kind).toBe("denied");
    expect(decide(ask({ operations: [] })).kind).toBe("denied");
  });

  test.each([
    ["the same Slack id", about({ slackIds: ["U0IT"], emails: [] })],
    ["the same e-mail in other letters", about({ slackIds: ["U0ALT"], emails: [" U0it@Example.COM"] })],
    ["one of several Slack ids", about({ slackIds: ["U0ALT", "U0IT"], emails: ["x@example.com"] })],
    ["one of several e-mails", about({ slackIds: [], emails: ["x@example.com", "u0IT@example.com"] })],
  ])("denies a request about oneself: %s", (_, target) => {
    expect(decide(ask({ target }))).toMatchObject({
      kind: "denied",
      rule: "nobody removes their own access here",
    });
  });

  test("denies when neither id nor e-mail can show that requester and target are two people", () => {
    const { email: _, ...facts } = person({ id: "U0IT", groups: { S0IT: true, S0SEC: false } });
    const requester = standingOf(policy, facts, HOME);
    expect(decide(ask({ requester, target: about({ slackIds: [] }) })).kind).toBe("denied");
    expect(decide(ask({ requester })).kind).toBe("needs_approval");
  });

  test("tells a guest that guests hold no role", () => {
    const requester = standingOf(
      policy,
      person({ isRestricted: true, groups: { S0IT: true, S0SEC: true } }),
      HOME,
    );
    expect(decide(ask({ requester }))).toMatchObject({
      kind: "denied",
      reason: expect.stringContaining("guest"),
    });
  });

  test("ignores a role that the policy does not have, also one named like a built-in property", () => {
    const requester = {
      ...admin(),
      roles: [
        { role: "constructor", through: "?" },
        { role: "gone", through: "?" },
      ],
    };
    expect(decide(ask({ requester })).kind).toBe("denied");
  });

  test("refuses whoever loses their own access", () => {
    const requester = standingOf(
      policy,
      person({ isLockedOut: true, groups: { S0IT: true, S0SEC: true } }),
      HOME,
    );
    expect(decide(ask({ requester }))).toMatchObject({
      kind: "denied",
      reason: expect.stringContaining("takes this person's own access away"),
    });
  });
});

describe("protection", () => {
  test.each<[string, AskedTarget, number[]]>([
    ["by user group", about({ groups: { S0EXEC: true } }), [0]],
    ["by name", about({ slackIds: ["U0CEO"] }), [0]],
    ["not at all", about(), []],
    ["without a Slack account", about({ slackIds: [], groups: {} }), []],
  ])("is found %s", (_, target, expected) => {
    expect(protectionsFor(policy, target)).toEqual(expected);
  });

  test("is never guessed when the group was not looked up", () => {
    expect(() => protectionsFor(policy, about({ groups: {} }))).toThrow(/S0EXEC was not looked up/);
  });
});
