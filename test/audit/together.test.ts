import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuditLog } from "../../src/audit/log.ts";
import type { AuditRecord } from "../../src/audit/record.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { AUDIT_LOCK } from "../../src/database/advisory-locks.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(() => fresh.drop());

let runs = 0;
/** Events of one test, known by their ids. */
function createEvents() {
  runs += 1;
  const run = `run${runs}`;
  const event = (name: string | number, change: Partial<AuditRecord> = {}): AuditRecord => ({
    id: `${run}:${name}`,
    requestId: run,
    type: "step.finished",
    actor: "U1",
    at: new Date("2026-03-01T10:00:00.123Z"),
    data: { step: name, text: 'quote " backslash \\ emoji 😀', number: 1e21 },
    ...change,
  });
  return { run, event };
}

async function transactionsOf(run: string): Promise<number> {
  const { rows } = await fresh.database.query<{ count: number }>(
    "select count(distinct xmin::text) as count from deadbolt.audit_event where request_id = $1",
    [run],
  );
  return rows[0]?.count ?? 0;
}

async function headPlace(): Promise<number> {
  const { rows } = await fresh.database.query<{ sequence: number }>(
    "select sequence from deadbolt.audit_head",
  );
  return rows[0]?.sequence ?? Number.NaN;
}

/** Keeps everyone from appending until what it returns is called. */
async function holdChain(): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const holding = fresh.database.transaction(async (client) => {
    await client.query("select pg_advisory_xact_lock($1, $2)", [...AUDIT_LOCK]);
    held.resolve();
    await released.promise;
  });
  await held.promise;
  return () => {
    released.resolve();
    return holding;
  };
}

test("events of the same moment are written in one transaction, in their order, each answered for itself", async () => {
  const log = createAuditLog(fresh.database);
  const { run, event } = createEvents();
  const before = await headPlace();
  const results = await Promise.all(Array.from({ length: 200 }, (_, index) => log.append(event(index))));
  expect(results).toEqual(results.map((_, index) => ({ appended: true, sequence: before + index + 1 })));
  const entries = await log.list({ requestId: run });
  expect(entries.map(({ id }) => id)).toEqual(results.map((_, index) => `${run}:${index}`));
  expect(entries[7]).toMatchObject(event(7));
  expect(await transactionsOf(run)).toBe(1);
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true });
});

test("what comes while an event is written is gathered for the next transaction", async () => {
  const log = createAuditLog(fresh.database);
  const { run, event } = createEvents();
  const release = await holdChain();
  const first = log.append(event("first"));
  await new Promise(setImmediate);
  const others = [1, 2, 3].map((name) => log.append(event(name)));
  await release();
  await Promise.all([first, ...others]);
  expect(await transactionsOf(run)).toBe(2);
  expect((await log.list({ requestId: run })).map(({ id }) => id)).toEqual(
    ["first", 1, 2, 3].map((name) => `${run}:${name}`),
  );
});

test("the chain is the one that single events make", async () => {
  const other = await createFreshDatabase();
  const own = await createFreshDatabase();
  const { event } = createEvents();
  const events = Array.from({ length: 20 }, (_, index) =>
    event(index % 15, index % 3 === 0 ? { requestId: null } : {}),
  );
  const together = createAuditLog(own.database, [], () => "policy1");
  const alone = createAuditLog(other.database, [], () => "policy1");
  await Promise.all(events.map((event) => together.append(event)));
  for (const event of events) await alone.append(event);
  expect(await together.listAfter(0, 100)).toEqual(await alone.listAfter(0, 100));
  expect(await verifyChain(own.database)).toMatchObject({ ok: true, rows: 15 });
  await Promise.all([own.drop(), other.drop()]);
});

test("an answer comes when others can see the event", async () => {
  const log = createAuditLog(fresh.database);
  const { event } = createEvents();
  const seen = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const { sequence } = await log.append(event(index));
      return (await log.listAfter(sequence - 1, 1))[0]?.id === event(index).id;
    }),
  );
  expect(seen).not.toContain(false);
});

/** What is wrong with an event, and what is then said of it. */
const FAULTS: Record<string, { change: Partial<AuditRecord>; says: RegExp }> = {
  "no time": { change: { at: new Date(Number.NaN) }, says: /Invalid time/ },
  "no JSON": { change: { data: { count: 1n } }, says: /BigInt/ },
  "no text": { change: { actor: "U\0" }, says: /unsupported Unicode escape/ },
};

const fails = (says = /never/): unknown =>
  expect.objectContaining({ message: expect.stringMatching(says) as unknown });

test.each(Object.keys(FAULTS))("an event with %s fails alone", async (name) => {
  const log = createAuditLog(fresh.database);
  const { run, event } = createEvents();
  const fault = FAULTS[name];
  const [bad, ...others] = await Promise.allSettled([
    log.append(event("bad", fault?.change)),
    ...[1, 3, 4].map((name) => log.append(event(name))),
  ]);
  expect(bad).toEqual({ status: "rejected", reason: fails(fault?.says) });
  expect(others.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
  expect((await log.list({ requestId: run })).map(({ id }) => id)).toEqual(
    [1, 3, 4].map((n) => `${run}:${n}`),
  );
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true });
});

test("whatever comes together, each gets what it would have got alone", async () => {
  const one = fc.record({
    name: fc.nat({ max: 12 }),
    fault: fc.option(fc.constantFrom(...Object.keys(FAULTS)), { nil: undefined, freq: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 30, size: "max" }), async (asked) => {
      const log = createAuditLog(fresh.database);
      const { run, event } = createEvents();
      let place = await headPlace();
      const places = new Map<number, number>();
      const expected = asked.map(({ name, fault }): unknown => {
        if (fault !== undefined) return { status: "rejected", reason: fails(FAULTS[fault]?.says) };
        const kept = places.get(name);
        if (kept !== undefined) return { status: "fulfilled", value: { appended: false, sequence: kept } };
        place += 1;
        places.set(name, place);
        return { status: "fulfilled", value: { appended: true, sequence: place } };
      });
      const results = await Promise.allSettled(
        asked.map(({ name, fault }) => log.append(event(name, fault ? FAULTS[fault]?.change : {}))),
      );
      expect(results).toEqual(expected);
      expect(await log.list({ requestId: run })).toHaveLength(places.size);
      expect(await verifyChain(fresh.database)).toMatchObject({ ok: true });
    }),
    { numRuns: 25 },
  );
});

test("a connection that is lost fails all that it carried, and nothing after", async () => {
  const log = createAuditLog(fresh.database);
  const { run, event } = createEvents();
  const release = await holdChain();
  const lost = [1, 2, 3].map((name) => log.append(event(name)));
  const settled = Promise.allSettled(lost);
  await expect
    .poll(async () => {
      const { rowCount } = await fresh.database.query(
        `select pg_terminate_backend(pid) from pg_locks
         where locktype = 'advisory' and not granted
           and database = (select oid from pg_database where datname = current_database())`,
      );
      return rowCount;
    })
    .toBe(1);
  expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await release();
  expect(await log.append(event(1))).toMatchObject({ appended: true });
  expect(await log.list({ requestId: run })).toHaveLength(1);
});
