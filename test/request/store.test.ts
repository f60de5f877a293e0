import { afterAll, beforeAll, expect, test } from "vitest";
import type { Request, RequestState } from "../../src/request/request.ts";
import {
  decisionsOf,
  insertDecision,
  voidDecisions,
  type StoredDecision,
} from "../../src/request/decision-store.ts";
import { dueRequests, recentRequestsOf, unfinishedRequests } from "../../src/request/find-requests.ts";
import { findRequest, insertRequest, moveRequest } from "../../src/request/store.ts";
import { keepSnapshots } from "../../src/request/snapshot-store.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";
import { samplePlan } from "../workflow/sample-plan.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const NOON = Date.UTC(2026, 0, 5, 12);
const at = (minutes: number) => new Date(NOON + minutes * 60_000);

let made = 0;
function newRequest(changes: Partial<Request> = {}): Request {
  made += 1;
  return {
    id: `V${made}`,
    playbook: "zoom-offboard",
    requester: { id: "U0RILEY", email: "riley@northwind.example" },
    plan: samplePlan(),
    state: "pending",
    decision: { kind: "needs_approval", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0OFFBOARD",
    createdAt: at(made),
    expiresAt: at(made + 60),
    nextDeadline: at(made + 60),
    attempt: 0,
    round: 0,
    decidedAt: null,
    startedAt: null,
    finishedAt: null,
    ...changes,
  };
}

async function stored(changes: Partial<Request> = {}): Promise<Request> {
  const request = newRequest(changes);
  await insertRequest(fresh.database, request);
  return request;
}

test("a request comes back as it was written, its plan with the same hash", async () => {
  const request = await stored();
  expect(await findRequest(fresh.database, request.id)).toEqual(request);
  expect(await findRequest(fresh.database, "V0NOWHERE")).toBeUndefined();
});

test("the same request twice is one, and the first stays", async () => {
  const request = await stored();
  expect(await insertRequest(fresh.database, { ...request, policyVersion: "another" })).toBe(false);
  expect(await findRequest(fresh.database, request.id)).toEqual(request);
});

test("a request moves on only from where it stands, and keeps the first time of each state", async () => {
  const { database } = fresh;
  const { id } = await stored();
  expect(await moveRequest(database, id, ["approved"], "running", at(1))).toBe(false);
  expect(await moveRequest(database, id, ["pending"], "approved", at(2))).toBe(true);
  expect(await moveRequest(database, id, ["pending"], "denied", at(3))).toBe(false);
  expect(await moveRequest(database, id, ["approved", "running"], "running", at(4))).toBe(true);
  expect(await moveRequest(database, id, ["approved", "running"], "running", at(5))).toBe(true);
  expect(await moveRequest(database, id, ["running"], "partly_done", at(6))).toBe(true);
  expect(await findRequest(database, id)).toMatchObject({
    state: "partly_done",
    decidedAt: at(2),
    startedAt: at(4),
    finishedAt: at(6),
  });
  expect(await moveRequest(database, id, ["running"], "failed", at(7))).toBe(false);
});

test("of many who move a request at once, one succeeds", async () => {
  const { id } = await stored();
  const states: RequestState[] = ["approved", "denied", "expired", "cancelled"];
  const moves = await Promise.all(
    states.map((state) => moveRequest(fresh.database, id, ["pending"], state, at(1))),
  );
  expect(moves.filter(Boolean)).toHaveLength(1);
});

test("unfinished are the running and the approved that need not wait, due the pending whose time has come", async () => {
  const approved = await stored({ state: "approved", expiresAt: null, nextDeadline: null });
  const running = await stored({ state: "running", expiresAt: null });
  const later = await stored({ state: "approved", expiresAt: null, nextDeadline: at(10_001) });
  const pending = await stored({ nextDeadline: at(10_000) });
  const done = await stored({ state: "done" });
  const unfinished = (await unfinishedRequests(fresh.database, at(10_000))).map(({ id }) => id);
  expect(unfinished).toEqual(expect.arrayContaining([approved.id, running.id]));
  for (const { id } of [pending, done, later]) expect(unfinished).not.toContain(id);
  expect(await dueRequests(fresh.database, at(9_999), 100)).not.toContain(pending.id);
  const due = await dueRequests(fresh.database, at(10_000), 100);
  expect(due).toContain(pending.id);
  expect(due).not.toContain(approved.id);
  expect(await dueRequests(fresh.database, at(10_000), 1)).toHaveLength(1);
});

test("somebody's requests come newest first and no more than asked for", async () => {
  const requester = { id: "U0PROLIFIC" };
  const ids: string[] = [];
  for (let count = 0; count < 4; count += 1) ids.unshift((await stored({ requester })).id);
  const recent = await recentRequestsOf(fresh.database, requester.id, 3);
  expect(recent.map(({ id }) => id)).toEqual(ids.slice(0, 3));
});

test("the first decision under an id stays, and all are listed in the order of the clicks", async () => {
  const { id } = await stored();
  const decision = (personId: string, minutes: number) => ({
    personId,
    verdict: "approve" as const,
    planHash: "hash",
    roles: ["security"],
    secondFactor: false,
    at: at(minutes),
  });
  const { database } = fresh;
  const put = (key: string, made: StoredDecision) =>
    insertDecision(database, id, { ...made, id: `${id}:${key}` });
  expect(await put("1", decision("U2", 2))).toBe(true);
  expect(await put("2", { ...decision("U1", 1), email: "u1@northwind.example" })).toBe(true);
  expect(await put("1", { ...decision("U2", 3), verdict: "deny" })).toBe(false);
  expect(await decisionsOf(database, id)).toEqual([
    { ...decision("U1", 1), email: "u1@northwind.example" },
    decision("U2", 2),
  ]);
  await voidDecisions(database, id, at(4), ["U1"]);
  expect(await decisionsOf(database, id)).toEqual([decision("U2", 2)]);
  // Once it is void, they may decide again.
  expect(await put("4", decision("U1", 5))).toBe(true);
});

test("the first snapshot stays: later ones have seen the change", async () => {
  const { id } = await stored();
  const snapshot = { requestId: id, stepId: "snapshot", vendor: "zoom", takenAt: at(1) };
  await keepSnapshots(fresh.database, [{ ...snapshot, data: { status: "active" } }]);
  await keepSnapshots(fresh.database, [{ ...snapshot, data: { status: "inactive" } }]);
  const { rows } = await fresh.database.query<{ data: unknown }>(
    "select data from deadbolt.snapshot where request_id = $1",
    [id],
  );
  expect(rows).toEqual([{ data: { status: "active" } }]);
});
