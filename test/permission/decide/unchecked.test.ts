import { describe, expect, test } from "vitest";
import { decide, type DecisionInput } from "../../../src/permission/decide/decide.ts";
import type { GroupAnswer } from "../../../src/permission/decide/group-answers.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { HOME, person, SOME_NOON } from "../organisation.ts";

const policy: Policy = {
  version: 1,
  roles: {
    security: { members: { usergroups: ["S0SEC"] }, scopes: ["zoom:*", "deadbolt:break-glass"] },
    duty: { members: { users: ["U0DUTY"] }, scopes: ["zoom:*", "deadbolt:break-glass"] },
    ghosts: { members: { usergroups: ["S0GHOST"] }, scopes: ["zoom:*"] },
  },
  approvals: [
    { for: { playbook: "lockout" }, approvers: [], count: 0 },
    { for: { playbook: "zoom-offboard" }, approvers: ["security"], count: 1, expires: "24h" },
  ],
  protected: [{ members: { usergroups: ["S0EXEC"] }, approvers: ["security"], count: 2 }],
  break_glass: { at_most: 2, within: "1h", review: { by: ["security"], within: "1h" } },
};
const denying: Policy = {
  ...policy,
  deny: [{ target: { usergroups: ["S0BOARD"] }, reason: "Not the board." }],
};

function asked(changes: {
  policy?: Policy;
  id?: string;
  groups?: Record<string, GroupAnswer>;
  lastKnownGroups?: Record<string, boolean>;
  target?: Record<string, GroupAnswer>;
  playbook?: string;
  risk?: "read" | "reversible" | "irreversible";
  breaksGlass?: boolean;
}): DecisionInput {
  const { id = "U0DUTY", playbook = "lockout", risk = "reversible", breaksGlass = false } = changes;
  const of = changes.policy ?? policy;
  const groups = { S0SEC: false, S0GHOST: false, ...changes.groups };
  const facts = person({ id, email: `${id}@example.com`, groups });
  return {
    policy: of,
    requester: standingOf(of, { ...facts, lastKnownGroups: changes.lastKnownGroups }, HOME),
    target: {
      slackIds: ["U0SAM"],
      emails: ["sam@example.com"],
      groups: { S0EXEC: false, S0BOARD: false, ...changes.target },
    },
    playbook,
    operations: [{ name: "zoom.user.updateStatus", risk, scopes: ["zoom:user:write:admin"] }],
    at: SOME_NOON,
    history: [],
    breaksGlass,
  };
}
const rulesOf = (input: DecisionInput) => {
  const decision = decide(input);
  return decision.kind === "needs_approval" ? decision.rules.map(({ id }) => id) : decision.kind;
};

describe("a user group that gives a role", () => {
  test("and that Slack does not list gives nobody a role and stops nobody else", () => {
    expect(decide(asked({ groups: { S0GHOST: "absent" } })).kind).toBe("allowed");
    expect(decide(asked({ id: "U0LIST", groups: { S0SEC: true, S0GHOST: "absent" } })).kind).toBe("allowed");
    expect(decide(asked({ id: "U0NONE", groups: { S0GHOST: "absent" } }))).toMatchObject({
      kind: "denied",
      rule: "every step needs a scope that one of your roles grants",
    });
  });

  test("and is not answered about is not needed by who is named by id, or is in another group", () => {
    expect(decide(asked({ groups: { S0SEC: "unanswered", S0GHOST: "unanswered" } })).kind).toBe("allowed");
    expect(decide(asked({ id: "U0SEC", groups: { S0SEC: true, S0GHOST: "unanswered" } })).kind).toBe(
      "allowed",
    );
  });

  test("and is not answered about is never taken for a no to who holds nothing else", () => {
    expect(() => decide(asked({ id: "U0NONE", groups: { S0GHOST: "unanswered" } }))).toThrow(
      /did not say who is in the user group S0GHOST/,
    );
  });
});

describe.each(["absent", "unanswered"] as const)("a group of protected people that is %s", (answer) => {
  test("lets a lockout run, which says that protection could not be checked", () => {
    const decision = decide(asked({ target: { S0EXEC: answer } }));
    expect(decision).toMatchObject({ kind: "allowed" });
    expect(decision).toHaveProperty(
      "unchecked",
      expect.stringMatching(/^Protection could not be checked: .*S0EXEC\.$/),
    );
  });

  test("makes everything else need what the protected need", () => {
    const input = asked({ target: { S0EXEC: answer }, playbook: "zoom-offboard", risk: "irreversible" });
    expect(
      rulesOf({ ...input, policy: { ...policy, approvals: [{ for: { risk: "irreversible" }, count: 0 }] } }),
    ).toEqual(["protected[0]"]);
    expect(rulesOf(asked({ target: { S0EXEC: answer }, playbook: "zoom-offboard" }))).toEqual([
      "approvals[1]",
      "protected[0]",
    ]);
  });

  test("is not asked about somebody who is in no group, or where something is only read", () => {
    const input = asked({ target: { S0EXEC: answer } });
    const nowhere = decide({ ...input, target: { ...input.target, slackIds: [] } });
    expect(nowhere).toMatchObject({ kind: "allowed", unchecked: undefined });
    // Without an approval rule for it, only what looks at something passes.
    const look = asked({ target: { S0EXEC: answer }, playbook: "zoom.user.get", risk: "read" });
    const operations = look.operations.map((one) => ({ ...one, name: "zoom.user.get" }));
    expect(decide({ ...look, operations })).toMatchObject({ kind: "allowed", unchecked: undefined });
  });
});

describe.each(["absent", "unanswered"] as const)("a group of a deny rule that is %s", (answer) => {
  const target = { S0BOARD: answer };
  test("lets a lockout run with a note", () => {
    expect(decide(asked({ policy: denying, target }))).toMatchObject({
      kind: "allowed",
      unchecked: expect.stringContaining("S0BOARD") as string,
    });
  });

  test("makes everything else need what the protected need, and is denied where nobody is protected", () => {
    const offboard = { target, playbook: "zoom-offboard" };
    expect(rulesOf(asked({ ...offboard, policy: denying }))).toEqual(["approvals[1]", "protected[0]"]);
    expect(decide(asked({ ...offboard, policy: { ...denying, protected: [] } }))).toMatchObject({
      kind: "denied",
      rule: "deny[0]",
    });
  });

  test("is not walked round by break-glass, or by reading", () => {
    expect(
      decide(asked({ policy: denying, target, playbook: "zoom-offboard", breaksGlass: true })).kind,
    ).toBe("denied");
    expect(decide(asked({ policy: denying, target, playbook: "zoom.user.get", risk: "read" })).kind).toBe(
      "denied",
    );
  });

  test("that says who asks counts as it was last known", () => {
    const who: Policy = { ...policy, deny: [{ who: { usergroups: ["S0GHOST"] }, reason: "Not these." }] };
    const groups = { S0GHOST: answer };
    expect(decide(asked({ policy: who, groups, lastKnownGroups: { S0GHOST: true } })).kind).toBe("denied");
    expect(decide(asked({ policy: who, groups, lastKnownGroups: { S0GHOST: false } }))).toMatchObject({
      kind: "allowed",
      unchecked: undefined,
    });
    const roles: Policy = { ...policy, deny: [{ who: { roles: ["ghosts"] }, reason: "Not these." }] };
    expect(decide(asked({ policy: roles, groups, lastKnownGroups: { S0GHOST: true } })).kind).toBe("denied");
  });
});
