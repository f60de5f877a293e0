import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { takeLimitLock } from "../../../src/database/limit-lock.ts";
import { standingOf } from "../../../src/permission/decide/roles.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import { insertRequest } from "../../../src/request/store.ts";
import { judgeRequest } from "../../../src/workflow/judge/judge-request.ts";
import { askedOfPlan } from "../../../src/workflow/judge/required-permissions.ts";
import { openRequest, type OpenContext } from "../../../src/workflow/submit/open-request.ts";
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
beforeEach(async () => {
  await fresh.database.query("truncate deadbolt.request cascade");
});

const at = new Date(Date.UTC(2026, 5, 1, 12));
const plan = samplePlan();
const policy: Policy = {
  version: 1,
  roles: {
    it: { members: { users: ["U0RILEY"] }, scopes: ["zoom:*", "cloudflare:*"] },
    security: { members: { users: ["U0SASHA"] }, scopes: [] },
  },
  approvals: [{ for: { playbook: "zoom-offboard" }, approvers: ["security"] }],
  limits: [{ for: { playbook: "zoom-offboard" }, at_most: 1, within: "1h" }],
};
const standing = standingOf(policy, person({ id: "U0RILEY", email: "riley@example.com" }), HOME);

function context(): OpenContext {
  return {
    database: fresh.database,
    channel: "C0",
    loadedPolicy: () => ({ policy }),
    standing: async () => standing,
    roleMembers: async () => [],
    linksTo: async () => new Map(),
    audit: async () => undefined,
    approvers: async () => ({ people: [], isComplete: true }),
    isEnrolled: async () => false,
    publish: () => undefined,
    start: async () => undefined,
    now: () => at,
  };
}

const earlier = sampleRequest(at, {
  id: "V0EARLIER",
  requester: { id: "U0RILEY", email: "riley@example.com" },
  plan,
  state: "pending",
  decision: { kind: "needs_approval", because: "", rules: [] },
  createdAt: new Date(at.getTime() - 1_000),
  decidedAt: null,
});

/** Comes back once somebody waits for an advisory lock in this database. */
async function somebodyWaits(): Promise<"waits"> {
  const waiting =
    "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())";
  while ((await fresh.database.query(waiting)).rowCount === 0) await sleep(5);
  return "waits";
}

test("whoever asks while another request is being written is counted after it", async () => {
  const judged = await judgeRequest(
    { database: fresh.database, targetGroups: async () => ({}), now: () => at },
    policy,
    standing,
    { playbook: plan.playbook, operations: askedOfPlan(plan), target: plan.target },
  );
  expect(judged.decision.kind).not.toBe("denied");
  const written = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const other = fresh.database.transaction(async (client) => {
    await takeLimitLock(client);
    await insertRequest(client, earlier);
    written.resolve();
    await letGo.promise;
  });
  await written.promise;
  const opened = openRequest(context(), {
    viewId: "V0LATER",
    plan,
    judged,
    policyVersion: "policy1",
    isLastConfirmed: true,
  });
  const first = await Promise.race([somebodyWaits(), opened]);
  letGo.resolve();
  await other;
  expect(first).toBe("waits");
  expect(await opened).toMatchObject({ kind: "refused" });
});
