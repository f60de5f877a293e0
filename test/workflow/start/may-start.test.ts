import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AuditEvent } from "../../../src/audit/event.ts";
import { decisionsOf, insertDecision } from "../../../src/request/decision-store.ts";
import { findRequest, insertRequest, putBack } from "../../../src/request/store.ts";
import type { Standing } from "../../../src/permission/decide/roles.ts";
import type { StartCheck } from "../../../src/workflow/start/check-approvals.ts";
import { mayStart } from "../../../src/workflow/start/may-start.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { person } from "../../permission/organisation.ts";
import { sampleRequest } from "../sample-plan.ts";

const APPROVED_AT = new Date(Date.UTC(2026, 5, 1, 12));
const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;
const after = (milliseconds: number) => new Date(APPROVED_AT.getTime() + milliseconds);

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

const approved = sampleRequest(APPROVED_AT, {
  id: "V0APPROVED",
  requester: { id: "U0RILEY", email: "riley@example.com" },
  decision: { kind: "needs_approval", because: "", rules: [] },
  createdAt: after(-3_600 * SECOND),
  expiresAt: after(3_600 * SECOND),
});

/** An approved request that the check answers so, so many milliseconds after its approval. */
async function answered(answer: StartCheck, milliseconds = SECOND, request = approved, asked = request) {
  const { database } = fresh;
  // A request begins with its first attempt.
  if (await insertRequest(database, request))
    await database.query("update deadbolt.request set attempt = $2 where id = $1", [
      request.id,
      request.attempt,
    ]);
  await insertDecision(database, request.id, {
    id: "V0APPROVED:decision",
    personId: "U0SASHA",
    verdict: "approve",
    planHash: request.plan.hash,
    roles: ["security"],
    secondFactor: false,
    at: APPROVED_AT,
  });
  const events: AuditEvent[] = [];
  const published: string[] = [];
  const starts = await mayStart(
    {
      database,
      audit: async (event) => events.push(event),
      publish: (id) => published.push(id),
      check: async () => answer,
      checkAge: () => "none",
      loadedPolicy: () => ({ policy: {} }),
      now: () => after(milliseconds),
    },
    asked,
  );
  const found = await findRequest(database, request.id);
  const inForce = (await decisionsOf(database, request.id)).map(({ personId }) => personId);
  return { starts, events, published, found, inForce };
}

test("what may start changes nothing, and is said only where someone else stands for it", async () => {
  expect(await answered({ kind: "start" })).toMatchObject({
    starts: true,
    events: [],
    published: [],
    found: { state: "approved", attempt: 0 },
  });
  const facts = person({ id: "U0SASHA" });
  const takenOverBy: Standing = { facts, roles: [] };
  const { starts, events } = await answered({ kind: "start", takenOverBy });
  expect(starts).toBe(true);
  expect(events).toMatchObject([
    {
      id: "V0APPROVED:taken-over:0",
      type: "request.taken_over",
      actor: "U0SASHA",
      data: { from: "U0RILEY" },
    },
  ]);
});

test("what is void is cancelled, and says why", async () => {
  const { starts, events, found, published } = await answered({
    kind: "void",
    reason: "Gone.",
    isQuiet: true,
  });
  expect(starts).toBe(false);
  expect(found?.state).toBe("cancelled");
  expect(published).toEqual(["V0APPROVED"]);
  expect(events).toMatchObject([
    { id: "V0APPROVED:voided", type: "request.voided", data: { reason: "Gone.", isQuiet: true } },
  ]);
});

test("once approvals have lapsed it is pending again, due at once, without those approvals", async () => {
  const people = [{ personId: "U0SASHA", reason: "No longer in the role." }];
  const { starts, events, found, published, inForce } = await answered({ kind: "lapsed", people });
  expect(starts).toBe(false);
  expect(found).toMatchObject({ state: "pending", attempt: 1, decidedAt: null });
  // Without a deadline it would never be reminded of, and never expire.
  expect(found?.nextDeadline).toEqual(APPROVED_AT);
  expect(inForce).toEqual([]);
  expect(published).toEqual(["V0APPROVED"]);
  expect(events).toMatchObject([{ id: "V0APPROVED:lapsed:0", type: "approval.lapsed", data: { people } }]);
});

test("only the approvals that lapsed are void", async () => {
  const people = [{ personId: "U0DANA", reason: "No longer in the role." }];
  expect((await answered({ kind: "lapsed", people })).inForce).toEqual(["U0SASHA"]);
});

test.each([
  [0, 5_000],
  [1, 7_500],
  [2, 11_250],
  [6, 56_953.125],
  [7, 60_000],
  [400, 60_000],
])(
  "attempt %i that must wait for nobody knows how long is tried again after %d ms",
  async (attempt, pause) => {
    const request = { ...approved, attempt };
    const { starts, found, events } = await answered({ kind: "wait", reason: "Slack." }, SECOND, request);
    expect(starts).toBe(false);
    expect(found).toMatchObject({ state: "approved", attempt: attempt + 1 });
    expect(found?.nextDeadline).toEqual(after(SECOND + Math.floor(pause)));
    expect(events).toMatchObject([{ type: "start.waiting", data: { reason: "Slack." } }]);
  },
);

test("what waits for a window is tried again when that opens, however long that is", async () => {
  const until = after(3 * DAY);
  const { found } = await answered({ kind: "wait", reason: "Shut.", until }, 2 * DAY);
  expect(found).toMatchObject({ state: "approved", nextDeadline: until });
});

test("what nobody could be asked about for more than a day is given up", async () => {
  const wait: StartCheck = { kind: "wait", reason: "Slack." };
  expect((await answered(wait, DAY)).found?.state).toBe("approved");
  await fresh.database.query("truncate deadbolt.request cascade");
  const { found, events } = await answered(wait, DAY + 1);
  expect(found?.state).toBe("cancelled");
  expect(events).toMatchObject([
    { type: "request.voided", data: { reason: expect.stringContaining("a day") } },
  ]);
});

test.each<StartCheck>([
  { kind: "void", reason: "Gone." },
  { kind: "lapsed", people: [] },
  { kind: "wait", reason: "Slack." },
])("an answer about an earlier attempt or another state changes nothing: $kind", async (answer) => {
  const later = { ...approved, attempt: 1 };
  const stale = await answered(answer, SECOND, later, approved);
  expect(stale).toMatchObject({ starts: false, events: [], found: { state: "approved", attempt: 1 } });
  await putBack(fresh.database, later.id, "pending");
  const decided = await answered(answer, SECOND, later, { ...approved, attempt: 2 });
  expect(decided).toMatchObject({ starts: false, events: [], found: { state: "pending", attempt: 2 } });
});
