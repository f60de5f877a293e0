import * as fc from "fast-check";
import { expect, test } from "vitest";
import { protectionsFor } from "../../../src/permission/decide/asked-target.ts";
import { decide } from "../../../src/permission/decide/decide.ts";
import type { Decision } from "../../../src/permission/decide/decide.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Members, Policy } from "../../../src/permission/schema.ts";
import { HOME, inputOf, persons, policies, questions } from "../organisation.ts";
import type { Question } from "../organisation.ts";
import { cases } from "../../depth.ts";

const RUNS = { numRuns: cases(600, 2_500) };

function answer(question: Question): Decision {
  return decide(inputOf(question));
}

/** A decision without where its rules stand in the file. */
function essence(decision: Decision): unknown {
  return decision.kind === "needs_approval"
    ? decision.rules.map((rule) => JSON.stringify({ ...rule, id: "" })).toSorted()
    : decision.kind;
}

test("the same person under id or e-mail is never let through, whatever the policy", () => {
  fc.assert(
    fc.property(questions, fc.boolean(), (question, byEmail) => {
      const own = question.requester;
      const target = byEmail
        ? { emails: [` ${own.email?.toUpperCase() ?? ""}`], slackIds: ["UOTHER"], groups: own.groups }
        : { emails: [], slackIds: [own.id], groups: own.groups };
      expect(decide({ ...inputOf(question), target }).kind).toBe("denied");
    }),
    RUNS,
  );
});

test("taking a scope, a role or a membership away never allows more", () => {
  const rank = { denied: 0, needs_approval: 1, allowed: 2 };
  fc.assert(
    fc.property(questions, fc.constantFrom("alpha", "beta", "gamma"), fc.nat(), (question, role, which) => {
      const before = answer(question);
      const { policy } = question;
      const current = policy.roles[role];
      if (!current) return;
      const scopes = current.scopes.filter(
        (_, index) => index !== which % Math.max(1, current.scopes.length),
      );
      const { [role]: _, ...withoutRole } = policy.roles;
      const smaller: Policy["roles"][] = [
        { ...policy.roles, [role]: { ...current, scopes } },
        { ...policy.roles, [role]: { ...current, members: {} } },
        withoutRole,
      ];
      for (const roles of smaller) {
        const after = answer({ ...question, policy: { ...policy, roles } });
        expect(rank[after.kind]).toBeLessThanOrEqual(rank[before.kind]);
        if (after.kind === "needs_approval") expect(essence(after)).toEqual(essence(before));
      }
    }),
    RUNS,
  );
});

test("the order of rules, protections, roles and steps does not matter", () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { policy } = question;
      const turned: Question = {
        ...question,
        policy: {
          ...policy,
          roles: Object.fromEntries(Object.entries(policy.roles).toReversed()),
          approvals: policy.approvals.toReversed(),
          protected: policy.protected?.toReversed() ?? [],
        },
      };
      expect(essence(answer(turned))).toEqual(essence(answer(question)));
      const steps = answer({ ...question, operations: question.operations.toReversed() });
      expect(steps.kind).toBe(answer(question).kind);
    }),
    RUNS,
  );
});

test("a further approval rule never makes an approval go away", () => {
  fc.assert(
    fc.property(questions, policies, (question, other) => {
      const before = answer(question);
      if (before.kind !== "needs_approval") return;
      const approvals = [...question.policy.approvals, ...other.approvals];
      const after = answer({ ...question, policy: { ...question.policy, approvals } });
      expect(after.kind).toBe("needs_approval");
      if (after.kind === "needs_approval")
        expect(after.rules.map((rule) => rule.id)).toEqual(
          expect.arrayContaining(before.rules.map((rule) => rule.id)),
        );
    }),
    RUNS,
  );
});

test("whoever is let through holds a sufficient scope for every step, and a rule covers the gravest", () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { policy, operations, playbook } = question;
      const decision = answer(question);
      if (decision.kind === "denied") return;
      const scopes = standingOf(policy, question.requester, HOME).roles.flatMap(
        ({ role }) => policy.roles[role]?.scopes ?? [],
      );
      for (const operation of operations)
        expect(
          scopes.some((scope) =>
            operation.scopes.some((needed) =>
              scope.endsWith("*") ? needed.startsWith(scope.slice(0, -1)) : needed === scope,
            ),
          ),
        ).toBe(true);
      const gravest = (["irreversible", "reversible", "read"] as const).find((risk) =>
        operations.some((operation) => operation.risk === risk),
      );
      expect(
        policy.approvals.some(
          ({ for: scope }) =>
            (scope.playbook ?? playbook) === playbook && (scope.risk === undefined || scope.risk === gravest),
        ),
      ).toBe(true);
    }),
    RUNS,
  );
});

test("a protected person is never let go without the approval that protects them", () => {
  fc.assert(
    fc.property(questions, (question) => {
      const input = inputOf(question);
      const protections = protectionsFor(input.policy, input.target);
      const decision = decide(input);
      if (protections.length === 0 || decision.kind === "denied") return;
      expect(decision.kind).toBe("needs_approval");
      if (decision.kind !== "needs_approval") return;
      const ids = decision.rules.map((rule) => rule.id);
      for (const index of protections) expect(ids).toContain(`protected[${index}]`);
    }),
    RUNS,
  );
});

test("empty members grant nobody a role", () => {
  fc.assert(
    fc.property(
      policies,
      persons,
      fc.constantFrom<Members>({}, { users: [], usergroups: [], workspace: [] }),
      (policy, who, members) => {
        const roles = Object.fromEntries(
          Object.entries(policy.roles).map(([name, role]) => [name, { ...role, members }]),
        );
        expect(standingOf({ ...policy, roles }, who, HOME).roles).toEqual([]);
      },
    ),
    RUNS,
  );
});
