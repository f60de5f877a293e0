import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAuditLog, type AuditLog } from "../../src/audit/log.ts";
import type { AuditRecord } from "../../src/audit/record.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { connectDatabase } from "../../src/database/connect.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
let log: AuditLog;
beforeEach(async () => {
  fresh = await createFreshDatabase();
  log = createAuditLog(fresh.database, ["the-client-secret"]);
});
afterEach(() => fresh.drop());

function event(id: string, change: Partial<AuditRecord> = {}): AuditRecord {
  const at = new Date("2026-03-01T10:00:00.123Z");
  return { id, requestId: "r1", type: "step.finished", actor: "U1", at, data: { step: id }, ...change };
}

test("an event is read as it was written, with its place and the hash of the one before", async () => {
  expect(await log.append(event("e1"))).toEqual({ appended: true, sequence: 1 });
  expect(await log.append(event("e2"))).toEqual({ appended: true, sequence: 2 });
  const [first, second] = await log.list({ requestId: "r1" });
  expect(first).toMatchObject({ ...event("e1"), sequence: 1, previousHash: "0".repeat(64) });
  expect(second).toMatchObject({ ...event("e2"), sequence: 2, previousHash: first?.hash });
});

test("an event told twice is kept once, as it was told first", async () => {
  await log.append(event("e1"));
  await log.append(event("e2"));
  const again = await log.append(event("e1", { data: { step: "other" } }));
  expect(again).toEqual({ appended: false, sequence: 1 });
  expect(await log.listAfter(0, 10)).toHaveLength(2);
  expect((await log.list({ requestId: "r1" }))[0]?.data).toEqual({ step: "e1" });
});

test("200 events at once over several connections make one unbroken chain", async () => {
  const pools = [1, 2, 3].map(() =>
    connectDatabase(fresh.url, { log: pino({ level: "silent" }), poolSize: 6 }),
  );
  const logs = pools.map((pool) => createAuditLog(pool));
  const results = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => logs[index % 3]?.append(event(`e${index % 190}`))),
  );
  expect(results.filter((result) => result?.appended)).toHaveLength(190);
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true, rows: 190 });
  await Promise.all(pools.map((pool) => pool.close()));
});

test("an event appended within a transaction shares its fate", async () => {
  const { database } = fresh;
  const undone = database.transaction(async (client) => {
    log.appendAtCommit(event("e1"), client);
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  expect(await log.listAfter(0, 10)).toEqual([]);
  await database.transaction(async (client) => log.appendAtCommit(event("e1"), client));
  expect(await log.append(event("e2"))).toEqual({ appended: true, sequence: 2 });
  expect(await verifyChain(database)).toMatchObject({ ok: true, rows: 2 });
});

test("an event that cannot be written is an error", async () => {
  await expect(log.append(event("e1", { at: new Date(Number.NaN) }))).rejects.toThrow("Invalid time");
  await fresh.database.query("alter table deadbolt.audit_event rename to away");
  await expect(log.append(event("e1"))).rejects.toThrow("audit_event");
});

test("secrets never reach the trail", async () => {
  const leak = { vendorMessage: "key the-client-secret is bad", headers: { authorization: "Bearer x" } };
  await log.append(event("e1", { data: leak }));
  expect((await log.listAfter(0, 1))[0]?.data).toEqual({
    vendorMessage: "key [redacted] is bad",
    headers: { authorization: "[redacted]" },
  });
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true });
});

test("text that Postgres cannot keep and numbers that it writes differently do not break the chain", async () => {
  const data = {
    reason: "nul \0 and half a pair \uD800",
    "name\0": 1,
    numbers: [1e21, 1e-7, -0, 0.1, 5e-324, Number.MAX_VALUE],
    missing: undefined,
    list: [undefined, null],
    when: new Date(0),
    __proto__x: { constructor: 1 },
    "😀": "‮",
  };
  await log.append(event("e1", { data }));
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true, rows: 1 });
  expect((await log.listAfter(0, 1))[0]?.data["reason"]).toBe("nul \uFFFD and half a pair \uFFFD");
});

test("lists are by request, or from a place on", async () => {
  for (const index of [1, 2, 3, 4, 5])
    await log.append(event(`e${index}`, { requestId: index % 2 ? "odd" : null }));
  expect((await log.list({ requestId: "odd" })).map(({ id }) => id)).toEqual(["e1", "e3", "e5"]);
  expect((await log.listAfter(2, 2)).map(({ id }) => id)).toEqual(["e3", "e4"]);
  expect(await log.listAfter(5, 2)).toEqual([]);
});

test.each([
  "update deadbolt.audit_event set actor = 'U2'",
  "delete from deadbolt.audit_event",
  "truncate deadbolt.audit_event",
  "delete from deadbolt.audit_head",
  "truncate deadbolt.audit_head",
  "update deadbolt.audit_head set sequence = 0",
  "update deadbolt.audit_head set sequence = 3",
  "update deadbolt.audit_head set hash = repeat('f', 64)",
])("the trail refuses: %s", async (statement) => {
  await log.append(event("e1"));
  await expect(fresh.database.query(statement)).rejects.toThrow("append-only");
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true, rows: 1 });
});
