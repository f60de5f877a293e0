import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAuditLog } from "../../src/audit/log.ts";
import type { AuditRecord } from "../../src/audit/record.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { atCommit } from "../../src/database/at-commit.ts";
import type { DatabaseClient } from "../../src/database/connect.ts";
import { takeLimitLock } from "../../src/database/limit-lock.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
  await fresh.database.query("create table thing (id integer primary key)");
});
afterAll(() => fresh.drop());

let events = 0;
function event(data: Record<string, unknown> = {}): AuditRecord {
  events += 1;
  return { id: `e${events}`, requestId: "r1", type: "step.finished", actor: "U1", at: new Date(), data };
}

/** A transaction of an instance that is frozen in the middle of it, until it is let go. */
async function freeze(work: (client: DatabaseClient) => Promise<void>) {
  const frozen = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const ended = fresh.database.transaction(async (client) => {
    await work(client);
    frozen.resolve();
    await letGo.promise;
  });
  await Promise.race([frozen.promise, ended]);
  return { ended, letGo: () => letGo.resolve() };
}

test("an instance frozen in a transaction that has appended keeps nobody else from appending", async () => {
  const log = createAuditLog(fresh.database);
  const frozen = await freeze(async (client) => {
    log.appendAtCommit(event(), client);
    await client.query("insert into thing values (1)");
    log.appendAtCommit(event(), client);
  });
  const { rows } = await fresh.database.query<{ locks: number }>(
    "select count(*) as locks from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
  );
  expect(rows[0]?.locks).toBe(0);
  const other = await log.append(event());
  frozen.letGo();
  await frozen.ended;
  expect(other.appended).toBe(true);
  const [last] = (await log.listAfter(other.sequence + 1, 1)) ?? [];
  expect(last?.id).toBe("e2");
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true });
});

test("what is appended at the commit says whether it was new, with any text in it", async () => {
  const log = createAuditLog(fresh.database);
  const one = event({ text: `it's "a" \\ b; commit; select $1 ${"'".repeat(3)} 😀` });
  const results: unknown[] = [];
  for (const _ of [1, 2])
    await fresh.database.transaction(async (client) => {
      log.appendAtCommit(one, client, ({ appended }) => results.push(appended));
      expect(results).toHaveLength(_ - 1);
    });
  expect(results).toEqual([true, false]);
  const kept = (await log.list({ requestId: "r1" })).find(({ id }) => id === one.id);
  expect(kept?.data).toEqual(one.data);
  expect(await verifyChain(fresh.database)).toMatchObject({ ok: true });
});

test("an event that cannot be written takes the whole transaction with it", async () => {
  const log = createAuditLog(fresh.database);
  const work = fresh.database.transaction(async (client) => {
    await client.query("insert into thing values (2)");
    log.appendAtCommit({ ...event(), actor: undefined as unknown as string }, client);
  });
  await expect(work).rejects.toThrow("actor");
  expect((await fresh.database.query("select from thing where id = 2")).rowCount).toBe(0);
});

test("a transaction in which a statement failed unheard is an error, and not a success that was rolled back", async () => {
  const work = fresh.database.transaction(async (client) => {
    await client.query("insert into thing values (3)");
    await client.query("insert into nowhere values (1)").catch(() => undefined);
  });
  await expect(work).rejects.toThrow("rolled back");
});

test("outside a transaction nothing is left for its commit", async () => {
  const late = { statement: () => ({ text: "select 1", values: [] }), committed: () => undefined };
  expect(() => atCommit(fresh.database, late)).toThrow("inside a transaction");
  const after = await fresh.database.transaction(async (client) => client);
  expect(() => atCommit(after, late)).toThrow("inside a transaction");
});

test("whoever is frozen while it counts requests loses that place within seconds", async () => {
  const frozen = await freeze((client) => takeLimitLock(client));
  const lost = frozen.ended.catch((error: unknown) => error);
  const begun = performance.now();
  await fresh.database.transaction((client) => takeLimitLock(client));
  expect(performance.now() - begun).toBeLessThan(4_000);
  frozen.letGo();
  expect(await lost).toBeInstanceOf(Error);
});

test("there are two ways to append, by one statement or with the commit, and no third", () => {
  const root = join(import.meta.dirname, "../..");
  const sources = globSync("{src,commands,views}/**/*.ts", { cwd: root });
  const using = (words: RegExp) =>
    sources.filter((file) => words.test(readFileSync(join(root, file), "utf8"))).toSorted();
  expect(using(/append_audit_events|audit_head.*set|insert into deadbolt\.audit_event/)).toEqual([
    "src/audit/append.ts",
  ]);
  expect(using(/\bappendStatement\(/)).toEqual([
    "src/audit/append-at-commit.ts",
    "src/audit/append.ts",
    "src/audit/entries.ts",
  ]);
  // By itself it is a statement on a connection of its own, which Postgres commits whoever is frozen.
  expect(using(/\bwriteEntries\(/)).toEqual(["src/audit/entries.ts", "src/audit/log.ts"]);
  expect(readFileSync(join(root, "src/audit/log.ts"), "utf8")).toContain("writeEntries(database, entries)");
  expect(using(/\batCommit\(/)).toEqual(["src/audit/append-at-commit.ts", "src/database/at-commit.ts"]);
});
