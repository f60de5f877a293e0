import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain } from "../../src/permission/explain.ts";
import { decide } from "../../src/permission/decide.ts";
import { parsePolicy } from "../../src/permission/policy.ts";
import { standingOf } from "../../src/permission/roles.ts";
import { HOME, inputOf, person, questions } from "./organisation.ts";
import { GOOD, playbooks } from "./sample-policy.ts";

const { policy } = parsePolicy(GOOD, "policy.yml", playbooks);
const groups = (...held: string[]) => ({
  S0IT: held.includes("S0IT"),
  S0SEC: held.includes("S0SEC"),
  S0EXEC: false,
});
const standing = (facts: Parameters<typeof person>[0]) => standingOf(policy, person(facts), HOME);
const remove = {
  name: "zoom.user.delete",
  risk: "irreversible",
  scopes: ["zoom:user:delete:user:admin", "zoom:user:write:admin"],
} as const;
const asked = { name: "zoom.user.delete", operations: [remove] };

describe("an explanation", () => {
  test("names the role, the group that gives it, the grant that covers, and the approvals", () => {
    expect(explain(policy, standing({ groups: groups("S0IT") }), asked)).toEqual({
      verdict: "needs_approval",
      standing: "They hold it-admins (user group S0IT).",
      scopes: ["zoom.user.delete: it-admins has zoom:user:write:admin."],
      rules: [expect.stringMatching(/^approvals\[1\]: 2 different people with the role security/)],
      whoCanGrant: [],
    });
  });

  test("says through which wider grant a scope is held", () => {
    const { scopes } = explain(policy, standing({ groups: groups("S0SEC") }), asked);
    expect(scopes).toEqual([
      "zoom.user.delete: security has zoom:*, which covers zoom:user:delete:user:admin.",
    ]);
  });

  test("of a no names what is missing and who has it", () => {
    expect(explain(policy, standing({ groups: groups() }), asked)).toMatchObject({
      verdict: "denied",
      standing: "They hold no role.",
      scopes: ["zoom.user.delete: missing, any one of zoom:user:delete:user:admin, zoom:user:write:admin."],
      whoCanGrant: ["it-admins", "security"],
    });
  });

  test("of a guest says that guests hold no role, whatever their groups", () => {
    const guest = standing({ groups: groups("S0SEC"), isRestricted: true });
    expect(explain(policy, guest, asked)).toMatchObject({
      verdict: "denied",
      standing: "The account is a guest; guests hold no role.",
    });
  });

  test("never says otherwise than the decision about somebody whom nothing protects", () => {
    fc.assert(
      fc.property(questions, (question) => {
        const input = inputOf(question);
        const other = {
          ...input,
          target: { slackId: "U9", emails: ["u9@example.com"] },
          targetProtections: [],
        };
        const { verdict } = explain(input.policy, input.requester, {
          name: input.playbook,
          operations: input.operations,
        });
        expect(verdict).toBe(decide(other).kind);
      }),
    );
  });
});
