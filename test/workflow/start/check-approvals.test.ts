import { afterAll, beforeAll, expect, test } from "vitest";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import type { Request, RequestRule } from "../../../src/request/request.ts";
import { insertRequest } from "../../../src/request/store.ts";
import { judgeRequest } from "../../../src/workflow/judge/judge-request.ts";
import { askedOfPlan } from "../../../src/workflow/judge/required-permissions.ts";
import { checkApprovals, type CheckContext } from "../../../src/workflow/start/check-approvals.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { HOME, person } from "../../permission/organisation.ts";
import { samplePlan, sampleRequest } from "../sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const at = new Date(Date.UTC(2026, 5, 1, 12));
const plan = samplePlan();
const policy: Policy = {
  version: 1,
  roles: {
    it: { members: { users: ["U0RILEY"] }, scopes: ["zoom:*", "cloudflare:*", "deadbolt:break-glass"] },
    security: { members: { users: ["U0SASHA"] }, scopes: ["zoom:*"] },
  },
  approvals: [{ for: { playbook: "zoom-offboard" }, approvers: ["security"], people: ["U0DANA"] }],
  break_glass: { at_most: 1, within: "1h", review: { by: ["security"], within: "1h" } },
};
const rule: RequestRule = {
  id: "approvals[0]",
  description: "One person must approve.",
  stages: [{ parts: [{ roles: ["security"], people: ["U0DANA"], count: 1 }] }],
  secondFactor: false,
  expiresAt: new Date(at.getTime() + 3_600_000).toISOString(),
  remindAt: [],
};

function request(decision: Partial<Request["decision"]>): Request {
  return sampleRequest(at, {
    id: "V0CHECK",
    requester: { id: "U0RILEY", email: "u0riley@example.com" },
    plan,
    decision: { kind: "needs_approval", because: "", rules: [rule], ...decision },
    expiresAt: new Date(rule.expiresAt),
  });
}

function context(now: Policy): CheckContext {
  return {
    database: fresh.database,
    loadedPolicy: () => ({ policy: now, version: "policy2" }),
    standing: async (id, roles) =>
      standingOf(now, person({ id, email: `${id.toLowerCase()}@example.com` }), HOME, roles),
    targetGroups: async () => ({}),
    now: () => at,
  };
}

const approval = (personId: string, roles: string[]) => ({
  personId,
  verdict: "approve" as const,
  planHash: plan.hash,
  roles,
  secondFactor: false,
  at,
});

test("somebody whom the policy no longer names approves nothing that waits", async () => {
  const decisions = [approval("U0DANA", [])];
  expect(await checkApprovals(context(policy), request({}), decisions)).toEqual({ kind: "start" });
  const without: Policy = {
    ...policy,
    approvals: [{ for: { playbook: "zoom-offboard" }, approvers: ["security"] }],
  };
  expect(await checkApprovals(context(without), request({}), decisions)).toMatchObject({
    kind: "lapsed",
    people: [{ personId: "U0DANA" }],
  });
});

test("an approval that stood on a role that is gone lapses, though another role is left", async () => {
  const staged = {
    ...rule,
    stages: [
      { parts: [{ roles: ["it"], people: [], count: 1 }] },
      { parts: [{ roles: ["security"], people: [], count: 1 }] },
    ],
  };
  const decisions = [approval("U0SASHA", ["it", "security"])];
  const later = { ...approval("U0NOOR", ["security"]), at: new Date(at.getTime() + 1) };
  expect(
    await checkApprovals(context(policy), request({ rules: [staged] }), [...decisions, later]),
  ).toMatchObject({
    kind: "lapsed",
    people: expect.arrayContaining([
      { personId: "U0SASHA", reason: "They approved as it, and no longer hold it." },
    ]),
  });
});

test("whoever broke glass and may not any more does not get it run, and their own use does not count", async () => {
  const broken = { ...request({ kind: "allowed", rules: [], skipped: [rule] }), id: "V0BROKEN" };
  await insertRequest(fresh.database, broken);
  expect(await checkApprovals(context(policy), broken, [])).toEqual({ kind: "start" });
  const { it, ...roles } = policy.roles;
  const lost: Policy = {
    ...policy,
    roles: { ...roles, it: { members: it?.members ?? {}, scopes: ["zoom:*", "cloudflare:*"] } },
  };
  expect(await checkApprovals(context(lost), broken, [])).toMatchObject({ kind: "void" });
});

test("what was approved within a limit starts, though the policy's limit counts it by now", async () => {
  const limited: Policy = {
    ...policy,
    limits: [{ for: { playbook: "zoom-offboard" }, at_most: 1, within: "1h" }],
  };
  const { database } = fresh;
  const limitedRequest = { ...request({}), id: "V0LIMITED" };
  await insertRequest(database, { ...request({}), id: "V0EARLIER" });
  await insertRequest(database, limitedRequest);
  const decisions = [approval("U0SASHA", ["security"])];
  // Whoever asked for it now would be refused: two were made within the hour.
  const asked = await judgeRequest(context(limited), limited, await context(limited).standing("U0RILEY"), {
    playbook: "zoom-offboard",
    operations: askedOfPlan(plan),
    target: plan.target,
  });
  expect(asked.decision.kind).toBe("denied");
  expect(await checkApprovals(context(limited), limitedRequest, decisions)).toEqual({ kind: "start" });
});

/** The same people, some with other addresses now, or before. */
function known(addresses: Record<string, { email?: string; formerEmails?: string[] }>): CheckContext {
  return {
    ...context(policy),
    standing: async (id, roles) =>
      standingOf(
        policy,
        person({ id, email: `${id.toLowerCase()}@example.com`, ...addresses[id] }),
        HOME,
        roles,
      ),
  };
}

test.each([
  ["the requester has the approver's address now", { U0RILEY: { email: "u0sasha@example.com" } }],
  ["the requester had the approver's address since", { U0RILEY: { formerEmails: ["u0sasha@example.com"] } }],
  ["the approver had the requester's address since", { U0SASHA: { formerEmails: ["u0riley@example.com"] } }],
  ["the approver has a plus part of the requester's", { U0SASHA: { email: "u0riley+adm@example.com" } }],
  ["the approver shows no e-mail any more", { U0SASHA: { email: undefined } }],
])("an approval does not count at the start where %s", async (_what, addresses) => {
  const decisions = [{ ...approval("U0SASHA", ["security"]), email: "u0sasha@example.com" }];
  expect(await checkApprovals(known({}), request({}), decisions)).toEqual({ kind: "start" });
  expect(await checkApprovals(known(addresses), request({}), decisions)).toMatchObject({
    kind: "lapsed",
    people: [{ personId: "U0SASHA" }],
  });
});

test("two approvers who have had one address count once", async () => {
  const both = { ...rule, stages: [{ parts: [{ roles: ["security"], people: ["U0DANA"], count: 2 }] }] };
  const decisions = [approval("U0SASHA", ["security"]), approval("U0DANA", [])];
  expect(await checkApprovals(known({}), request({ rules: [both] }), decisions)).toEqual({ kind: "start" });
  const shared = known({ U0DANA: { formerEmails: ["u0sasha@example.com"] } });
  expect(await checkApprovals(shared, request({ rules: [both] }), decisions)).toMatchObject({
    kind: "lapsed",
  });
});

test("what takes access is taken over by an approver who may ask for it, when whoever asked no longer can", async () => {
  const isOut = (id: string) => ({ isLockedOut: id === "U0RILEY" });
  const without = (scopes: string[]): CheckContext => {
    const now = {
      ...policy,
      roles: { ...policy.roles, security: { members: { users: ["U0SASHA"] }, scopes } },
    };
    return {
      ...context(now),
      standing: async (id, roles) =>
        standingOf(now, person({ id, email: `${id.toLowerCase()}@example.com`, ...isOut(id) }), HOME, roles),
    };
  };
  const decisions = [approval("U0SASHA", ["security"])];
  expect(await checkApprovals(without(["zoom:*", "cloudflare:*"]), request({}), decisions)).toMatchObject({
    kind: "start",
    takenOverBy: { facts: { id: "U0SASHA" } },
  });
  // Who could not ask for it cannot stand for it, and what nobody has approved has nobody to take it over.
  expect(await checkApprovals(without([]), request({}), decisions)).toMatchObject({ kind: "void" });
  expect(await checkApprovals(without(["zoom:*", "cloudflare:*"]), request({}), [])).toMatchObject({
    kind: "void",
  });
});
