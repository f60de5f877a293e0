import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AuditEvent } from "../../../src/audit/event.ts";
import { UnansweredGroupError } from "../../../src/permission/decide/group-answers.ts";
import { insertDecision } from "../../../src/request/decision-store.ts";
import { findRequest, insertRequest } from "../../../src/request/store.ts";
import { insertSuspension } from "../../../src/request/suspension-store.ts";
import { DirectoryError } from "../../../src/slack/directory.ts";
import { createRecentChecks } from "../../../src/workflow/start/checked-just-now.ts";
import { mayStart } from "../../../src/workflow/start/may-start.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { sampleRequest } from "../sample-plan.ts";

const APPROVED_AT = new Date(Date.UTC(2026, 5, 1, 12));
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});
beforeEach(async () => {
  await fresh.database.query("truncate deadbolt.request, deadbolt.suspension cascade");
});

/** A request that U0SASHA approved, and that was free to start then, tried so many seconds later while people cannot be asked about. */
async function tried(
  seconds: number,
  fault: Error = new DirectoryError("users.info", "token_revoked"),
  { suspended, version = "policy1" }: { suspended?: string; version?: string } = {},
) {
  const checks = createRecentChecks();
  const { database } = fresh;
  const request = sampleRequest(APPROVED_AT, {
    id: "V0APPROVED",
    requester: { id: "U0RILEY", email: "riley@example.com" },
    decision: { kind: "needs_approval", because: "", rules: [] },
    createdAt: new Date(APPROVED_AT.getTime() - 3_600_000),
  });
  await insertRequest(database, request);
  await insertDecision(database, request.id, {
    id: "V0APPROVED:decision",
    personId: "U0SASHA",
    verdict: "approve",
    planHash: request.plan.hash,
    roles: ["security"],
    secondFactor: false,
    at: APPROVED_AT,
    email: "sasha@example.com",
  });
  if (suspended !== undefined)
    await insertSuspension(database, { requestId: request.id, names: [suspended], since: APPROVED_AT });
  checks.note(request, "policy1", APPROVED_AT);
  const events: AuditEvent[] = [];
  const starts = await mayStart(
    {
      database,
      audit: async (event) => events.push(event),
      publish: () => undefined,
      check: () => Promise.reject(fault),
      checkAge: (about, now) => checks.ageOf(about, version, now),
      loadedPolicy: () => ({ policy: {} }),
      now: () => new Date(APPROVED_AT.getTime() + seconds * 1_000),
    },
    request,
  );
  return { starts, events: events.map(({ type }) => type), after: await findRequest(database, request.id) };
}

test.each([
  ["Slack's directory", new DirectoryError("users.info", "token_revoked")],
  ["a user group", new UnansweredGroupError(["S0SEC"])],
])(
  "what was approved and checked within 30 seconds starts without %s, and the audit log says so",
  async (_what, fault) => {
    expect(await tried(30, fault)).toMatchObject({ starts: true, events: ["start.unconfirmed"] });
  },
);

test("what was approved longer ago waits a few seconds, and is tried again", async () => {
  const { starts, events, after } = await tried(31);
  expect({ starts, events }).toEqual({ starts: false, events: ["start.waiting"] });
  expect(after).toMatchObject({ state: "approved", attempt: 1 });
  expect(after?.nextDeadline?.getTime()).toBeLessThanOrEqual(APPROVED_AT.getTime() + 41_000);
});

test("what was checked by another policy waits", async () => {
  expect(await tried(1, undefined, { version: "policy2" })).toMatchObject({ starts: false });
});

test("a fault of another kind starts nothing", async () => {
  expect(await tried(1, new Error("the database is away"))).toMatchObject({ starts: false });
});

test.each(["u0riley", "sasha@example.com"])(
  "what is known here holds without Slack: %s is suspended",
  async (name) => {
    expect(await tried(1, undefined, { suspended: name })).toMatchObject({
      starts: false,
      events: ["start.waiting"],
    });
  },
);
