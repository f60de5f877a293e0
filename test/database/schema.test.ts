import { afterAll, beforeAll, expect, test } from "vitest";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
  await fresh.database.query(
    `insert into deadbolt.request
     select 'R' || n, 'zoom-offboard', 'U' || n % 20, '{}', 'p' || n % 20 || '@example.com', '{}', '{}', '{}', 'hash',
       '{}', case when n % 1000 = 0 then 'pending' when n % 1000 = 1 then 'running' when n % 20 = 2 then 'failed' else 'done' end, '1', 'C1',
       timestamptz '2026-01-01' + n * interval '1 second', timestamptz '2026-01-02' + n * interval '1 second'
     from generate_series(1, 20000) n`,
  );
  await fresh.database.query("analyze deadbolt.request");
});
afterAll(() => fresh.drop());

async function planOf(text: string, values: unknown[]): Promise<string> {
  const { rows } = await fresh.database.query<{ "QUERY PLAN": string }>(`explain ${text}`, values);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const before = [new Date("2026-01-01T02:00:00Z"), "R7200"];
test.each([
  ["all", "request_by_time", "true", []],
  ["one requester", "request_by_requester", "requester_id = $3", ["U7"]],
  ["one target", "request_by_target", "target_key = $3", ["p7@example.com"]],
  ["one state", "request_by_state", "state = $3", ["failed"]],
])(
  "a page of requests of %s is read from its index, without sorting",
  async (_, index, condition, values) => {
    const plan = await planOf(
      `select id from deadbolt.request where (created_at, id) < ($1::timestamptz, $2::text) and ${condition}
     order by created_at desc, id desc limit 20`,
      [...before, ...values],
    );
    expect(plan).toContain(index);
    expect(plan).not.toContain("Sort");
  },
);

test("what is due next and what is unfinished is read from indexes that hold nothing else", async () => {
  const due =
    "select id from deadbolt.request where state = 'pending' and next_deadline <= $1 order by next_deadline";
  expect(await planOf(due, [new Date("2026-01-02T00:20:00Z")])).toContain("request_pending_deadline");
  const unfinished =
    "select id from deadbolt.request where state in ('approved', 'running') and (state = 'running' or coalesce(next_deadline <= $1, true))";
  expect(await planOf(unfinished, [new Date("2026-01-02T00:20:00Z")])).toContain("request_unfinished");
});

test("a time that was read pages exactly to the row it came from", async () => {
  const { database } = fresh;
  await database.query(
    "update deadbolt.request set created_at = '2026-06-01 10:00:00.123456Z' where id = 'R5'",
  );
  const { rows } = await database.query<{ created_at: Date }>(
    "select created_at from deadbolt.request where id = 'R5'",
  );
  const { rowCount } = await database.query("select from deadbolt.request where created_at = $1", [
    rows[0]?.created_at,
  ]);
  expect(rowCount).toBe(1);
});

test("an unknown state, an unknown verdict and a target in capitals are refused", async () => {
  const { database } = fresh;
  await expect(database.query("update deadbolt.request set state = 'lost' where id = 'R1'")).rejects.toThrow(
    "check constraint",
  );
  await expect(
    database.query("update deadbolt.request set target_key = 'Sam@example.com' where id = 'R1'"),
  ).rejects.toThrow("check constraint");
  await expect(
    database.query(
      `insert into deadbolt.decision (id, request_id, person_id, verdict, plan_hash, roles, at)
       values ('d', 'R1', 'U1', 'maybe', 'hash', '[]', now())`,
    ),
  ).rejects.toThrow("check constraint");
});

test("one decision is kept once by its id, whatever it says the second time", async () => {
  const decide = (id: string, verdict: string) =>
    fresh.database.query(
      `insert into deadbolt.decision (id, request_id, person_id, verdict, plan_hash, roles, at)
       values ($1, 'R2', 'U1', $2, 'hash', '[]', now())
       on conflict do nothing returning id`,
      [id, verdict],
    );
  expect((await decide("d1", "approve")).rowCount).toBe(1);
  expect((await decide("d1", "deny")).rowCount).toBe(0);
});

test("a message is not called posted before Slack said where it is", async () => {
  const insert = (state: string, ts: string | null) =>
    fresh.database.query("insert into deadbolt.message values ($1, 'R1', 'C1', null, $2, $3, null, now())", [
      `m-${state}-${ts}`,
      ts,
      state,
    ]);
  await insert("posting", null);
  await expect(insert("posted", null)).rejects.toThrow("check constraint");
  await insert("posted", "1.1");
});
