import { afterEach, beforeEach, expect, test } from "vitest";
import { GENESIS_HASH, hashEvent } from "../../src/audit/chain.ts";
import { createAuditLog } from "../../src/audit/log.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await createFreshDatabase();
});
afterEach(() => fresh.drop());

const at = new Date("2026-03-01T10:00:00.123Z");
const event = (number: number) => ({
  id: `e${number}`,
  requestId: "r1",
  type: "step.finished",
  actor: "U1",
  at,
  data: { number },
});

async function fill(rows: number): Promise<void> {
  const log = createAuditLog(fresh.database);
  await fresh.database.transaction(async (client) => {
    for (let number = 1; number <= rows; number += 1) log.appendAtCommit(event(number), client);
  });
}

/** What someone can do who owns the database: switch the guards off, and change what they like. */
async function tamper(...statements: string[]): Promise<void> {
  await fresh.database.transaction(async (client) => {
    await client.query("set local session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
  });
}

test("an empty trail is whole", async () => {
  expect(await verifyChain(fresh.database)).toEqual({
    ok: true,
    rows: 0,
    head: { sequence: 0, hash: GENESIS_HASH },
  });
});

test("a trail longer than a batch is walked to its end, and its head is told", async () => {
  await fill(1001);
  const { rows } = await fresh.database.query("select sequence, hash from deadbolt.audit_head");
  expect(await verifyChain(fresh.database)).toEqual({ ok: true, rows: 1001, head: rows[0] });
});

test.each<[string, number, RegExp, string[]]>([
  [
    "changed data",
    4,
    /^hash differs/,
    [`update deadbolt.audit_event set data = '{"number":5}' where sequence = 4`],
  ],
  [
    "a changed actor",
    1,
    /^hash differs/,
    ["update deadbolt.audit_event set actor = 'U2' where sequence = 1"],
  ],
  [
    "a changed time",
    7,
    /^hash differs/,
    ["update deadbolt.audit_event set at = at + '1ms' where sequence = 7"],
  ],
  [
    "a changed hash",
    5,
    /^hash differs/,
    ["update deadbolt.audit_event set hash = repeat('f', 64) where sequence = 5"],
  ],
  ["a removed row", 3, /^gap in sequence: row 3/, ["delete from deadbolt.audit_event where sequence = 3"]],
  [
    "a removed first row",
    1,
    /^gap in sequence: row 1/,
    ["delete from deadbolt.audit_event where sequence = 1"],
  ],
  [
    "a removed row whose gap was closed",
    3,
    /^previous hash differs/,
    [
      "delete from deadbolt.audit_event where sequence = 3",
      "update deadbolt.audit_event set sequence = sequence + 1000 where sequence > 3",
      "update deadbolt.audit_event set sequence = sequence - 1001 where sequence > 1000",
      "update deadbolt.audit_head set sequence = 7",
    ],
  ],
  [
    "two rows that changed places",
    5,
    /^previous hash differs/,
    [
      "update deadbolt.audit_event set sequence = 99 where sequence = 5",
      "update deadbolt.audit_event set sequence = 5 where sequence = 6",
      "update deadbolt.audit_event set sequence = 6 where sequence = 99",
    ],
  ],
  [
    "rows cut off at the end",
    7,
    /^head mismatch: rows 7 to 8/,
    ["delete from deadbolt.audit_event where sequence > 6"],
  ],
  ["everything removed", 1, /^head mismatch: rows 1 to 8/, ["delete from deadbolt.audit_event"]],
  [
    "a row put in at the end",
    9,
    /^head mismatch: rows after 8/,
    [
      `insert into deadbolt.audit_event
       select 9, 'e9', 'r1', 'step.finished', 'U1', '${at.toISOString()}', '{"number":9}', hash, '' from deadbolt.audit_head`,
    ],
  ],
  ["a changed head", 8, /^head mismatch: row 8/, ["update deadbolt.audit_head set hash = repeat('f', 64)"]],
  ["a removed head", 9, /^head mismatch: the head row/, ["delete from deadbolt.audit_head"]],
])("%s is found at row %i", async (name, brokenAt, reason, statements) => {
  await fill(8);
  await tamper(...statements);
  if (name === "a row put in at the end") {
    const { rows } = await fresh.database.query<{ hash: string }>("select hash from deadbolt.audit_head");
    await tamper(
      `update deadbolt.audit_event set hash = '${hashEvent(rows[0]?.hash ?? "", event(9))}' where sequence = 9`,
    );
  }
  expect(await verifyChain(fresh.database)).toEqual({
    ok: false,
    brokenAt,
    reason: expect.stringMatching(reason),
  });
});

test("a changed row with a hash made to fit is found at the row after it", async () => {
  await fill(8);
  const { rows } = await fresh.database.query<{ previous_hash: string }>(
    "select previous_hash from deadbolt.audit_event where sequence = 4",
  );
  const forged = { ...event(4), actor: "U2" };
  const hash = hashEvent(rows[0]?.previous_hash ?? "", forged);
  await tamper(`update deadbolt.audit_event set actor = 'U2', hash = '${hash}' where sequence = 4`);
  expect(await verifyChain(fresh.database)).toMatchObject({
    brokenAt: 5,
    reason: expect.stringContaining("previous hash differs"),
  });
});

test("appending may go on while the trail is verified", async () => {
  await fill(300);
  const log = createAuditLog(fresh.database);
  const [verification] = await Promise.all([
    verifyChain(fresh.database),
    ...Array.from({ length: 30 }, (_, index) => log.append(event(2000 + index))),
  ]);
  expect(verification.ok).toBe(true);
});
