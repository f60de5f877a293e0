import { afterAll, beforeAll, expect, test } from "vitest";
import { lockoutInsert, releaseLockouts } from "../../../src/request/lockout-store.ts";
import { insertRequest } from "../../../src/request/store.ts";
import type { Target } from "../../../src/target/target.ts";
import { openingRefusal, type AskedCalls } from "../../../src/workflow/judge/opening-refusal.ts";
import { expectDue } from "../../../src/workflow/run/check-still-allowed.ts";
import { findOperation } from "../../../src/catalogue/registry.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { samplePlan } from "../sample-plan.ts";

const at = new Date(Date.UTC(2026, 5, 1, 12));
const MALLORY: Target = {
  name: "Mallory",
  email: "mallory@example.com",
  slackId: "U0MALLORY",
  zoomUserId: "zoomMallory",
  zoomEmail: "mallory@example.com",
  cloudflareUserId: "access-mallory",
  found: [],
};
const SOMEBODY_ELSE: Target = { name: "Eve", email: "eve@example.com", zoomUserId: "zoomEve", found: [] };

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
  await insertRequest(fresh.database, {
    id: "V0LOCKOUT",
    playbook: "lockout",
    requester: { id: "U0SEC" },
    plan: { ...samplePlan(), playbook: "lockout", target: MALLORY },
    state: "done",
    decision: { kind: "allowed", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: null,
    nextDeadline: null,
    decidedAt: at,
    startedAt: at,
    finishedAt: at,
    attempt: 0,
    round: 0,
  });
  const { text, values } = lockoutInsert({
    requestId: "V0LOCKOUT",
    targetKey: "mallory@example.com",
    since: at,
  });
  await fresh.database.query(text, values);
});
afterAll(async () => {
  await fresh.drop();
});

function asked(operation: string, input: Record<string, unknown>, target: Target = MALLORY): AskedCalls {
  return { playbook: operation, target, steps: [{ operation, input }] };
}
const IDENTITIES = { identities: [["U0MALLORY", "mallory.private@example.org"]] };
const ADDRESS = { email: "mallory@example.com" };

test.each([
  ["activates the Zoom user", asked("zoom.user.updateStatus", { userId: "zoomMallory", action: "activate" })],
  ["sets a Zoom password", asked("zoom.user.updatePassword", { userId: "zoomMallory" })],
  ["moves the Zoom user to another address", asked("zoom.user.updateEmail", { userId: "zoomMallory" })],
  ["gives a Zoom role", asked("zoom.role.assign", { roleId: "1", userId: "zoomMallory" })],
  ["lets others act for them at Zoom", asked("zoom.assistant.add", { userId: "zoomMallory" })],
  ["shows a Zoom access key", asked("zoom.user.getToken", { userId: "zoomMallory" })],
  ["makes another Zoom user", asked("zoom.user.create", { user: ADDRESS })],
  ["takes them off the block list", asked("cloudflare.gateway.removeItem", { ...ADDRESS, listId: "l" })],
  ["invites them to Cloudflare", asked("cloudflare.member.invite", ADDRESS)],
  ["lets their devices in again", asked("cloudflare.registration.unrevoke", { registrationIds: ["r"] })],
  [
    "names them in a request about somebody else",
    asked("zoom.assistant.add", { userId: "zoomEve", assistants: ["Mallory@Example.com"] }, SOMEBODY_ELSE),
  ],
  [
    "names them by a plus address",
    asked("cloudflare.member.invite", { email: "mallory+new@example.com" }, SOMEBODY_ELSE),
  ],
  [
    "is about an address that the policy links to them",
    asked("zoom.user.create", {}, { name: "M", email: "mallory.private@example.org", found: [] }),
  ],
  [
    "names an address that the policy links to them",
    asked("zoom.user.create", { user: { email: "mallory.private@example.org" } }, SOMEBODY_ELSE),
  ],
  [
    "is a step of the policy's own playbook",
    {
      playbook: "welcome-back",
      target: MALLORY,
      steps: [
        { operation: "zoom.user.get", input: {} },
        { operation: "zoom.user.updateStatus", input: { action: "activate" } },
      ],
    },
  ],
])("of somebody who is locked out, nothing %s: that is for a release", async (_what, calls) => {
  const refusal = await openingRefusal(fresh.database, IDENTITIES, calls);
  expect(refusal?.rule).toBe("only a release ends a lockout");
  expect(refusal?.next).toContain("/lockout release");
});

test.each([
  ["closes more", asked("zoom.user.updateStatus", { userId: "zoomMallory", action: "deactivate" })],
  ["only looks", asked("zoom.user.get", { userId: "zoomMallory" })],
  ["leaves access paths as they are", asked("zoom.picture.delete", { userId: "zoomMallory" })],
  [
    "opens a way in for somebody else",
    asked("zoom.user.updateStatus", { action: "activate" }, SOMEBODY_ELSE),
  ],
  ["is the release", { ...asked("zoom.user.updateStatus", { action: "activate" }), playbook: "release" }],
  ["is another lockout", { ...asked("zoom.user.updatePassword", {}), playbook: "lockout" }],
])("nothing speaks against what %s", async (_what, calls) => {
  expect(await openingRefusal(fresh.database, IDENTITIES, calls)).toBeUndefined();
});

test("a call that opens a way in is not sent when the lockout is older than the request, until it is released", async () => {
  const context = { database: fresh.database, loadedPolicy: () => ({ policy: IDENTITIES }) };
  const operation = findOperation("zoom.user.updateStatus");
  const input = { userId: "zoomMallory", action: "activate" };
  const plan = { ...samplePlan(), playbook: operation.name, target: MALLORY };
  const due = () => expectDue(context, { requestId: "V0LATER", plan, operation, input });
  await expect(due()).rejects.toMatchObject({ facts: { kind: "refused", mayHaveHappened: false } });
  await releaseLockouts(fresh.database, { requestIds: ["V0LOCKOUT"], by: "V0LOCKOUT", at });
  await expect(due()).resolves.toBeUndefined();
  expect(await openingRefusal(fresh.database, IDENTITIES, asked(operation.name, input))).toBeUndefined();
});
