import { afterAll, beforeAll, expect, test } from "vitest";
import type { AuditEvent } from "../../../src/audit/event.ts";
import { createAuditLog } from "../../../src/audit/log.ts";
import { connectDatabase, type DatabaseClient } from "../../../src/database/connect.ts";
import { matchingRules } from "../../../src/permission/decide/approval-rules.ts";
import type { Policy } from "../../../src/permission/schema.ts";
import type { Standing } from "../../../src/permission/decide/roles.ts";
import { insertReview } from "../../../src/request/review-store.ts";
import type { Request } from "../../../src/request/request.ts";
import { findRequest, insertRequest } from "../../../src/request/store.ts";
import { decideRequest, type DecideContext } from "../../../src/workflow/waiting/decide-request.ts";
import { lookAfterRequests, type LookAfterContext } from "../../../src/workflow/waiting/remind-and-expire.ts";
import { expiryOf, nextDeadlineOf, timedRule } from "../../../src/workflow/judge/rule-times.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { person } from "../../permission/organisation.ts";
import { createLog } from "../../../src/log.ts";
import { samplePlan } from "../sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const policy: Policy = {
  version: 1,
  roles: {
    security: { members: { users: ["U0SASHA"] }, scopes: ["*"] },
    leads: { members: { users: ["U0LEAD"] }, scopes: ["*"] },
  },
  calendars: {
    berlin: {
      days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
      hours: "08:00-18:00",
      time_zone: "Europe/Berlin",
    },
    nights: { days: ["sat", "sun"], hours: "00:00-06:00", time_zone: "America/New_York" },
  },
  approvals: [
    {
      for: { playbook: "zoom-offboard" },
      approvers: ["security"],
      count: 1,
      expires: "8h",
      remind: ["1h", "4h"],
      escalate: { after: "2h", to: ["leads"] },
    },
  ],
};

/** The app's parts over the same database, with a clock of their own: another one is another start. */
function start(clock: { now: Date }): LookAfterContext & DecideContext & { close(): Promise<void> } {
  const database = connectDatabase(fresh.url, { log: createLog("silent"), poolSize: 3 });
  const log = createAuditLog(database, []);
  return {
    database,
    close: () => database.close(),
    loadedPolicy: () => ({ policy, version: "policy1" }),
    audit: async (event: AuditEvent, within?: DatabaseClient) =>
      within === undefined ? (await log.append(event)).appended : (log.appendAtCommit(event, within), true),
    standing: async (personId: string): Promise<Standing> => ({
      facts: person({ id: personId, email: `${personId.toLowerCase()}@example.com` }),
      roles: Object.entries(policy.roles)
        .filter(([, role]) => role.members.users?.includes(personId))
        .map(([role]) => ({ role, through: "named in the policy" })),
    }),
    holders: async () => ["U0LEAD"],
    checkCode: () => Promise.reject(new Error("No code is asked for.")),
    isEnrolled: async () => false,
    whoToAsk: async () => "",
    checkAhead: async () => undefined,
    publish: () => undefined,
    start: async () => undefined,
    now: () => clock.now,
  };
}

let made = 0;
async function ask(at: Date, rule: Partial<Policy["approvals"][number]> = {}): Promise<Request> {
  made += 1;
  const changed = { ...policy, approvals: policy.approvals.map((entry) => ({ ...entry, ...rule })) };
  const operations = [{ name: "zoom.user.updateStatus", risk: "reversible" as const }];
  const rules = matchingRules(changed, "zoom-offboard", operations, []).rules.map((one) =>
    timedRule(one, at, "Europe/Berlin"),
  );
  const request: Request = {
    id: `V0CLOCK${made}`,
    playbook: "zoom-offboard",
    requester: { id: "U0RILEY", email: "riley@example.com" },
    plan: samplePlan(),
    state: "pending",
    decision: { kind: "needs_approval", because: "", rules },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: expiryOf(rules) ?? null,
    nextDeadline: nextDeadlineOf(rules, at) ?? null,
    decidedAt: null,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    round: 0,
  };
  await insertRequest(fresh.database, request);
  return request;
}

async function eventsOf(requestId: string): Promise<string[]> {
  const { rows } = await fresh.database.query<{ type: string }>(
    "select type from deadbolt.audit_event where request_id = $1 order by sequence",
    [requestId],
  );
  return rows.map(({ type }) => type);
}

const NOON = Date.UTC(2026, 5, 1, 12);
const HOUR = 3_600_000;

test("a reminder, an escalation and the expiry come to the millisecond, once each, however often it is looked", async () => {
  const clock = { now: new Date(NOON) };
  const app = start(clock);
  const { id } = await ask(clock.now);
  const moments: [number, string][] = [
    [HOUR, "request.reminded"],
    [2 * HOUR, "request.escalated"],
    [4 * HOUR, "request.reminded"],
    [8 * HOUR, "request.expired"],
  ];
  const expected: string[] = [];
  for (const [after, type] of moments) {
    clock.now = new Date(NOON + after - 1);
    await lookAfterRequests(app);
    expect(await eventsOf(id)).toEqual(expected);
    clock.now = new Date(NOON + after);
    // Two instances look at the same moment, and once more.
    await Promise.all([lookAfterRequests(app), lookAfterRequests(app)]);
    await lookAfterRequests(app);
    expected.push(type);
    expect(await eventsOf(id)).toEqual(expected);
  }
  expect((await findRequest(fresh.database, id))?.state).toBe("expired");
  await app.close();
});

test("after an outage one reminder is enough, the escalation is not forgotten, and what expired is expired", async () => {
  const before = start({ now: new Date(NOON) });
  const late = await ask(new Date(NOON));
  const over = await ask(new Date(NOON), { expires: "3h", remind: ["1h", "2h"] });
  await before.close();

  const after = start({ now: new Date(NOON + 5 * HOUR) });
  await lookAfterRequests(after);
  expect((await eventsOf(late.id)).toSorted()).toEqual(["request.escalated", "request.reminded"]);
  expect(await eventsOf(over.id)).toEqual(["request.expired"]);
  await after.close();
});

test("a click one millisecond before the expiry counts, and one at the expiry does not, looked after or not", async () => {
  const clock = { now: new Date(NOON) };
  const app = start(clock);
  const inTime = await ask(clock.now);
  const tooLate = await ask(clock.now);
  const click = (request: Request) =>
    decideRequest(app, {
      requestId: request.id,
      personId: "U0SASHA",
      verdict: "approve",
      planHash: request.plan.hash,
    });
  clock.now = new Date(NOON + 8 * HOUR - 1);
  expect(await click(inTime)).toMatchObject({ kind: "recorded", state: "approved" });
  clock.now = new Date(NOON + 8 * HOUR);
  expect(await click(tooLate)).toMatchObject({
    kind: "refused",
    refusal: { reason: expect.stringContaining("expired") },
  });
  expect((await findRequest(fresh.database, tooLate.id))?.state).toBe("pending");
  await app.close();
});

test("an escalated role may decide from its second on, and not before", async () => {
  const clock = { now: new Date(NOON) };
  const app = start(clock);
  const request = await ask(clock.now);
  const click = () =>
    decideRequest(app, {
      requestId: request.id,
      personId: "U0LEAD",
      verdict: "approve",
      planHash: request.plan.hash,
    });
  clock.now = new Date(NOON + 2 * HOUR - 1);
  expect(await click()).toMatchObject({ kind: "refused" });
  clock.now = new Date(NOON + 2 * HOUR);
  expect(await click()).toMatchObject({ kind: "recorded", state: "approved" });
  await app.close();
});

// On 29 March 2026 clocks in Berlin go from 02:00 to 03:00, on 25 October from 03:00 back to 02:00;
// in New York on 8 March and 1 November.
test.each<[string, string, string, string, string]>([
  // Asked at 17:00 on the eve: one hour is left that day, seven more from 08:00.
  ["in Berlin's spring", "berlin", "2026-03-28T16:00:00Z", "8h", "2026-03-29T13:00:00.000Z"],
  ["in Berlin's autumn", "berlin", "2026-10-24T15:00:00Z", "8h", "2026-10-25T14:00:00.000Z"],
  // The night has five hours in spring and seven in autumn.
  ["in New York's spring night", "nights", "2026-03-08T05:00:00Z", "5h", "2026-03-08T10:00:00.000Z"],
  ["in New York's autumn night", "nights", "2026-11-01T04:00:00Z", "7h", "2026-11-01T11:00:00.000Z"],
])(
  "working time is counted right over a change of the clocks %s",
  async (_, calendar, from, expires, end) => {
    const clock = { now: new Date(from) };
    const app = start(clock);
    const { id, expiresAt } = await ask(clock.now, { clock: calendar, expires, remind: [] });
    expect(expiresAt?.toISOString()).toBe(end);
    clock.now = new Date(new Date(end).getTime() - 1);
    await lookAfterRequests(app);
    expect(await eventsOf(id)).not.toContain("request.expired");
    clock.now = new Date(end);
    await lookAfterRequests(app);
    expect((await eventsOf(id)).filter((type) => type === "request.expired")).toHaveLength(1);
    await app.close();
  },
);

test("a review that nobody closes in time is escalated once, to the millisecond", async () => {
  const clock = { now: new Date(NOON) };
  const app = start(clock);
  const { id } = await ask(clock.now, { expires: "7d", remind: [] });
  const dueAt = new Date(NOON + HOUR);
  await insertReview(fresh.database, {
    requestId: id,
    approvers: ["security"],
    escalateTo: ["leads"],
    dueAt,
  });
  clock.now = new Date(dueAt.getTime() - 1);
  await lookAfterRequests(app);
  expect(await eventsOf(id)).toEqual([]);
  clock.now = dueAt;
  await Promise.all([lookAfterRequests(app), lookAfterRequests(app)]);
  expect(await eventsOf(id)).toEqual(["review.escalated"]);
  await app.close();
});

test("a request that cannot be looked after keeps no other waiting", async () => {
  const clock = { now: new Date(NOON) };
  const app = start(clock);
  const spoiled = await ask(clock.now);
  const whole = await ask(clock.now);
  await fresh.database.query(
    "update deadbolt.request set decision = jsonb_set(decision, '{rules,0,remindAt}', '7'), next_deadline = $2 where id = $1",
    [spoiled.id, clock.now],
  );
  clock.now = new Date(NOON + HOUR);
  await expect(lookAfterRequests(app)).rejects.toThrow("were not handled");
  expect(await eventsOf(whole.id)).toEqual(["request.reminded"]);
  await fresh.database.query("delete from deadbolt.request where id = $1", [spoiled.id]);
  await app.close();
});
