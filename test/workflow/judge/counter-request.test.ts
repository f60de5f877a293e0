import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { decide } from "../../../src/permission/decide/decide.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { insertDecision } from "../../../src/request/decision-store.ts";
import type { RequestState } from "../../../src/request/request.ts";
import { findRequest, insertRequest } from "../../../src/request/store.ts";
import type { Target } from "../../../src/target/target.ts";
import { isCounterRequest } from "../../../src/workflow/judge/counter-request.ts";
import { voidRequestsOf } from "../../../src/workflow/start/suspend-power.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { HOME, person } from "../../permission/organisation.ts";
import { samplePlan } from "../sample-plan.ts";

const at = new Date(Date.UTC(2026, 5, 1, 12));
const who = (name: string): Target => ({
  name,
  email: `${name}@example.com`,
  slackId: `U0${name.toUpperCase()}`,
  found: [],
});
const [MALLORY, ALICE, BOB, EVE] = [who("mallory"), who("alice"), who("bob"), who("eve")] as const;
const facts = ({ slackId = "", email }: Target) => person({ id: slackId, email });

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});
beforeEach(async () => {
  await fresh.database.query("truncate deadbolt.request cascade");
});

let made = 0;
/** Alice's request about Mallory, which Bob has approved. */
async function against(
  target: Target,
  { playbook = "zoom-offboard", state = "pending" }: { playbook?: string; state?: RequestState } = {},
): Promise<string> {
  made += 1;
  const id = `V0COUNTER${made}`;
  await insertRequest(fresh.database, {
    id,
    playbook,
    requester: { id: ALICE.slackId ?? "", email: ALICE.email },
    plan: { ...samplePlan(), playbook, target, ...(playbook === "zoom.picture.delete" ? { steps: [] } : {}) },
    state,
    decision: { kind: "needs_approval", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: at,
    nextDeadline: null,
    decidedAt: null,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    round: 0,
  });
  await insertDecision(fresh.database, id, {
    id: `${id}:bob`,
    personId: BOB.slackId ?? "",
    email: BOB.email,
    verdict: "approve",
    planHash: samplePlan().hash,
    roles: [],
    secondFactor: false,
    at,
  });
  return id;
}

const isCounter = (by: Target, target: Target) => isCounterRequest(fresh.database, {}, facts(by), { target });

test.each(["pending", "approved", "running"] as const)(
  "while a request that takes their access is %s, somebody does nothing alone to who asked or approved",
  async (state) => {
    await against(MALLORY, { state });
    expect(await isCounter(MALLORY, ALICE)).toBe(true);
    expect(await isCounter(MALLORY, BOB)).toBe(true);
    expect(await isCounter(MALLORY, { name: "Alice", email: "alice+x@example.com", found: [] })).toBe(true);
    expect(await isCounter(MALLORY, EVE)).toBe(false);
    expect(await isCounter(EVE, ALICE)).toBe(false);
  },
);

test.each([
  ["has ended", { state: "done" }],
  ["was denied", { state: "denied" }],
  ["takes no access", { playbook: "zoom.picture.delete" }],
] as const)("a request that %s takes no power", async (_what, facts) => {
  await against(MALLORY, facts);
  expect(await isCounter(MALLORY, ALICE)).toBe(false);
});

const policy: Policy = {
  version: 1,
  roles: {
    security: {
      members: { users: ["U0MALLORY"] },
      scopes: ["zoom:*", "deadbolt:lockout", "deadbolt:break-glass"],
    },
  },
  approvals: [{ for: { playbook: "lockout" }, count: 0 }],
  break_glass: { at_most: 5, within: "1h", review: { by: ["security"], within: "1h" } },
};
const asks = (more: { isCounter?: boolean; breaksGlass?: boolean }, now = policy) =>
  decide({
    policy: now,
    requester: standingOf(now, facts(MALLORY), HOME),
    target: { slackIds: ["U0ALICE"], emails: ["alice@example.com"], groups: {} },
    playbook: "lockout",
    operations: [{ name: "lockout", risk: "reversible", scopes: ["deadbolt:lockout"] }],
    at,
    history: [],
    ...more,
  });

test("what could run at once needs somebody else's approval as a counter-attack, break-glass or not", () => {
  expect(asks({})).toMatchObject({ kind: "allowed" });
  expect(asks({ isCounter: true })).toMatchObject({
    kind: "needs_approval",
    rules: [{ stages: [{ parts: [{ roles: ["security"], count: 1 }] }] }],
  });
  expect(asks({ breaksGlass: true })).toMatchObject({ kind: "allowed" });
  expect(asks({ isCounter: true, breaksGlass: true })).toMatchObject({ kind: "denied" });
});

test("what waits for an approval anyway waits for no other one", () => {
  const strict: Policy = {
    ...policy,
    approvals: [{ for: { playbook: "lockout" }, approvers: ["security"], count: 2 }],
  };
  expect(asks({ isCounter: true }, strict)).toEqual(asks({}, strict));
});

test("what takes somebody's access outlives that its requester loses their power; all else they asked for is void", async () => {
  const takes = await against(MALLORY);
  const other = await against(MALLORY, { playbook: "zoom.picture.delete" });
  const events = await voidRequestsOf(fresh.database, ["u0alice"], at);
  expect(events.map(({ requestId, type }) => [requestId, type])).toEqual([[other, "request.voided"]]);
  expect((await findRequest(fresh.database, takes))?.state).toBe("pending");
  expect((await findRequest(fresh.database, other))?.state).toBe("cancelled");
});
