import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunProgress } from "../../../src/request/run-progress.ts";
import { insertRequest, moveRequest } from "../../../src/request/store.ts";
import { createAuditLog } from "../../../src/audit/log.ts";
import { createOwnership, isLostRun } from "../../../src/workflow/run/run-ownership.ts";
import { stepFinished } from "../../../src/workflow/events/run-events.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";
import { samplePlan } from "../sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const at = new Date(Date.UTC(2026, 5, 1, 12));
const step = samplePlan().steps[0];
if (step === undefined) throw new Error("The sample plan has no step.");
let made = 0;

/** A run that this process began a moment ago, on a clock of its own. */
async function runningRequest() {
  made += 1;
  const requestId = `V0OWN${made}`;
  const plan = samplePlan();
  await insertRequest(fresh.database, {
    id: requestId,
    playbook: "zoom-offboard",
    requester: { id: "U0RILEY" },
    plan,
    state: "running",
    decision: { kind: "allowed", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: null,
    nextDeadline: null,
    decidedAt: at,
    startedAt: at,
    finishedAt: null,
    attempt: 0,
    round: 0,
  });
  let now = at.getTime();
  let isAlive = true;
  const ownership = createOwnership(
    { database: fresh.database, isAlive: async () => isAlive, clock: { now: () => now } },
    { requestId, round: 0, step: step as NonNullable<typeof step>, confirmedAt: now },
  );
  return {
    requestId,
    ownership,
    /** The process is frozen for so many seconds. */
    freeze: (seconds: number) => void (now += seconds * 1_000),
    loseLock: () => void (isAlive = false),
    end: () => moveRequest(fresh.database, requestId, ["running"], "done", at),
  };
}

async function lost(confirming: Promise<unknown>): Promise<boolean> {
  return confirming.then(
    () => false,
    (error: unknown) => isLostRun(error),
  );
}

test("a run that was confirmed a moment ago is not asked about: nothing stands between press and command", async () => {
  const { ownership, end, loseLock } = await runningRequest();
  await end();
  loseLock();
  expect(await lost(ownership.confirm())).toBe(false);
});

test("a process that was frozen while others ended the run sends nothing more of it", async () => {
  const { ownership, freeze, end } = await runningRequest();
  await end();
  freeze(60);
  expect(await lost(ownership.confirm())).toBe(true);
});

test("a process that was frozen while others ended the step does not send it again", async () => {
  const { requestId, ownership, freeze } = await runningRequest();
  const result = { outcome: "verified" as const, sentence: "", facts: {} };
  const log = createAuditLog(fresh.database, [], () => "policy1");
  await log.append(stepFinished(requestId, 0, step, result, at));
  freeze(10);
  expect(await lost(ownership.confirm())).toBe(true);
});

test("an instance that lost the lock by which others know that it is alive sends nothing more", async () => {
  const { ownership, freeze, loseLock } = await runningRequest();
  loseLock();
  freeze(3);
  expect(await lost(ownership.confirm())).toBe(true);
});

test("a slow run that is still its own goes on, and is asked about again only after a while", async () => {
  const { ownership, freeze, loseLock } = await runningRequest();
  freeze(30);
  const standing: Pick<RunProgress, "isReleased"> = await ownership.confirm();
  expect(standing).toEqual({ isReleased: false });
  loseLock();
  freeze(1);
  expect(await lost(ownership.confirm())).toBe(false);
  freeze(2);
  expect(await lost(ownership.confirm())).toBe(true);
});

test("a lockout that was released while its process was frozen closes nothing again", async () => {
  const { requestId, ownership, freeze } = await runningRequest();
  await fresh.database.query(
    `insert into deadbolt.lockout (request_id, target_key, since, released_at) values ($1, $2, $3, $3)`,
    [requestId, "sam@northwind.example", at],
  );
  freeze(10);
  expect(await ownership.confirm()).toEqual({ isReleased: true });
});
