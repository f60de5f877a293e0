import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { findOperation } from "../../../src/catalogue/registry.ts";
import { planOf } from "../../../src/plan/plan.ts";
import { lockoutInsert, releaseLockouts } from "../../../src/request/lockout-store.ts";
import { insertRequest } from "../../../src/request/store.ts";
import { expectDue, whileDue } from "../../../src/workflow/run/check-still-allowed.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { SAM, samplePlan, sampleRequest } from "../sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const at = new Date(Date.UTC(2026, 5, 1, 12));
const plan = planOf({
  playbook: "release",
  title: "Release from lockout",
  target: SAM,
  fields: { lockouts: ["V0LOCKOUT"], restores: [], lost: [], reason: "All clear" },
  steps: [],
});

/** A lockout of the same person that is in force. */
async function lockedOut(id: string) {
  const { database } = fresh;
  await insertRequest(
    database,
    sampleRequest(at, {
      id,
      plan: { ...samplePlan(), playbook: "lockout" },
      state: "done",
      startedAt: at,
      finishedAt: at,
    }),
  );
  const { text, values } = lockoutInsert({ requestId: id, targetKey: SAM.email ?? "", since: at });
  await database.query(text, values);
}

beforeEach(async () => {
  await fresh.database.query("truncate deadbolt.request cascade");
  await lockedOut("V0LOCKOUT");
});

const context = () => ({ database: fresh.database, loadedPolicy: () => ({ policy: {} }) });
const COMMANDS: [string, Record<string, unknown>][] = [
  ["zoom.user.updateStatus", { userId: "zoomSam", action: "activate" }],
  ["zoom.user.update", { userId: "zoomSam", changes: { type: 2 } }],
  ["zoom.user.updateSettings", { userId: "zoomSam", changes: { feature: { webinar: true } } }],
  ["zoom.role.assign", { userId: "zoomSam", roleId: "admin" }],
  ["cloudflare.gateway.removeItem", { accountId: "account1", listId: "list1", email: SAM.email }],
  ["cloudflare.registration.unrevoke", { accountId: "account1", registrationIds: ["one"] }],
];
const callOf = (operation: string, input: Record<string, unknown>) => ({
  requestId: "V0RELEASE",
  plan,
  operation: findOperation(operation),
  input,
});

/** What a release is no longer due for, and what it says then. */
const OVER: [string, () => Promise<unknown>, RegExp][] = [
  ["was locked out again", () => lockedOut("V0AGAIN"), /locked out again/],
  [
    "was released already",
    () => releaseLockouts(fresh.database, { requestIds: ["V0LOCKOUT"], by: "V0LOCKOUT", at }),
    /released already/,
  ],
];

test.each(OVER)("no command of a release is sent to somebody who %s", async (_what, happens, reason) => {
  const calls = COMMANDS.map(([operation, input]) => callOf(operation, input));
  for (const call of calls) await expect(expectDue(context(), call)).resolves.toBeUndefined();
  await happens();
  for (const call of calls)
    await expect(expectDue(context(), call)).rejects.toMatchObject({
      facts: { kind: "refused", mayHaveHappened: false, advice: expect.stringMatching(reason) },
    });
  // It may look all the same.
  const look = callOf("zoom.user.get", { userId: "zoomSam" });
  await expect(expectDue(context(), look)).resolves.toBeUndefined();
});

test.each(OVER)("a command that waited is not sent once its person %s", async (_what, happens, reason) => {
  for (const [operation, input] of COMMANDS) {
    const ownership = { confirm: async () => ({ isReleased: false }) };
    const waiting = whileDue(context(), callOf(operation, input), ownership);
    await waiting.beforeAttempt?.();
    expect(waiting.signal?.aborted).toBe(false);
  }
  await happens();
  for (const [operation, input] of COMMANDS) {
    const ownership = { confirm: async () => ({ isReleased: false }) };
    const waiting = whileDue(context(), callOf(operation, input), ownership);
    await waiting.beforeAttempt?.();
    expect(waiting.signal?.reason).toMatchObject({ facts: { advice: expect.stringMatching(reason) } });
  }
});
