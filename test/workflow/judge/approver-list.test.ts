import { expect, test } from "vitest";
import type { DecisionInput } from "../../../src/permission/decide/decide.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import type { Request, RequestRule } from "../../../src/request/request.ts";
import { approverList } from "../../../src/workflow/judge/approver-list.ts";
import { HOME, person } from "../../permission/organisation.ts";
import { samplePlan } from "../sample-plan.ts";

const AT = new Date("2026-03-02T09:00:00Z");
const policy: Policy = {
  version: 1,
  roles: {
    security: { members: { usergroups: ["S0SEC"] }, scopes: [] },
    leads: { members: { usergroups: ["S0LEAD"] }, scopes: [] },
  },
  approvals: [],
};

const rule = (changes: Partial<RequestRule> = {}): RequestRule => ({
  id: "approvals[0]",
  description: "",
  stages: [{ parts: [{ roles: ["security"], people: [], count: 2 }] }],
  secondFactor: false,
  expiresAt: "2026-03-03T09:00:00.000Z",
  remindAt: [],
  ...changes,
});

function requestWith(rules: RequestRule[]): Request {
  return {
    id: "V1",
    playbook: "zoom-offboard",
    requester: { id: "U0RILEY", email: "u0riley@example.com" },
    plan: samplePlan("delete"),
    state: "pending",
    decision: { kind: "needs_approval", because: "", rules },
    policyVersion: "1",
    channel: "C1",
    createdAt: AT,
    expiresAt: new Date("2026-03-03T09:00:00Z"),
    nextDeadline: null,
    decidedAt: null,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    round: 0,
  };
}

const factsOf = (id: string) =>
  person({ id, email: `${id.toLowerCase()}@example.com`, groups: { S0SEC: true, S0LEAD: false } });

function list(
  rules: RequestRule[],
  people: { id: string; roles?: string[]; email?: string | null }[],
  { isComplete = true, enrolled = [] as string[] } = {},
) {
  const question: DecisionInput = {
    policy,
    requester: standingOf(policy, factsOf("U0RILEY"), HOME),
    target: { isPerson: true, slackIds: ["U0SAM"], emails: ["sam@northwind.example"], groups: {} },
    playbook: "zoom-offboard",
    operations: [],
    at: AT,
    history: [],
  };
  return approverList(
    question,
    requestWith(rules),
    {
      isComplete,
      people: people.map(({ id, roles = ["security"], email }) => ({
        facts: { ...factsOf(id), ...(email === undefined ? {} : { email: email ?? undefined }) },
        roles,
      })),
    },
    async (id) => enrolled.includes(id),
  );
}

test("two of security, and the requester is one of two: it is said at once", async () => {
  expect(await list([rule()], [{ id: "U0SASHA" }])).toEqual({
    approvers: ["U0SASHA"],
    able: ["U0SASHA"],
    unmet:
      "This cannot be approved as things are. 2 different people with the role security must approve, and only one person can. The requester would be one, and cannot approve their own request.",
  });
});

test("nothing is claimed where not everyone could be listed, nor where enough people can approve", async () => {
  expect((await list([rule()], [{ id: "U0SASHA" }], { isComplete: false })).unmet).toBeUndefined();
  expect((await list([rule()], [{ id: "U0SASHA" }, { id: "U0ROBIN" }])).unmet).toBeUndefined();
});

test("two accounts of one person are one person", async () => {
  const email = "robin@example.com";
  const { unmet } = await list(
    [rule()],
    [
      { id: "U0SASHA", email },
      { id: "U0ROBIN", email },
    ],
  );
  expect(unmet).toContain("only one person can");
});

test("whoever can approve in one stage cannot fill the next one as well", async () => {
  const stage = { parts: [{ roles: ["security"], people: [], count: 1 }] };
  const { unmet } = await list([rule({ stages: [stage, stage] })], [{ id: "U0SASHA" }]);
  expect(unmet).toContain(
    "One person with the role security, then one person with the role security must approve",
  );
});

test("whoever cannot be told from those concerned is not listed as able to approve", async () => {
  const { approvers, able } = await list([rule()], [{ id: "U0SASHA", email: null }, { id: "U0ROBIN" }]);
  expect({ approvers, able }).toEqual({ approvers: ["U0ROBIN"], able: ["U0ROBIN"] });
});

test("where a one-time password is wanted only those are listed who have set one up, and all may still deny", async () => {
  const one = rule({
    secondFactor: true,
    stages: [{ parts: [{ roles: ["security"], people: [], count: 1 }] }],
  });
  const people = [{ id: "U0SASHA" }, { id: "U0ROBIN" }];
  const some = await list([one], people, { enrolled: ["U0ROBIN"] });
  expect(some).toEqual({ approvers: ["U0SASHA", "U0ROBIN"], able: ["U0ROBIN"], unmet: undefined });
  const none = await list([one], people);
  expect(none.able).toEqual([]);
  expect(none.unmet).toContain("Only people who have set up one-time passwords count.");
});

test("whoever may decide only after an escalation makes the rule meetable, and is not listed before", async () => {
  const escalation = { at: "2026-03-02T12:00:00.000Z", roles: ["leads"] };
  const found = await list([rule({ escalation })], [{ id: "U0SASHA" }, { id: "U0LEE", roles: ["leads"] }]);
  expect(found).toEqual({ approvers: ["U0SASHA"], able: ["U0SASHA"], unmet: undefined });
});
