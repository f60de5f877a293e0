import { afterEach, beforeEach, expect, test } from "vitest";
import { OWNERSHIP_LOCK } from "../../src/database/advisory-locks.ts";
import { claimOwnership, OwnershipError } from "../../src/database/ownership.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await createFreshDatabase({ migrated: false });
});
afterEach(() => fresh.drop());

const unexpected = (error: Error) => {
  throw error;
};
const claim = (onLost: (error: Error) => void = unexpected) =>
  claimOwnership(fresh.url, { place: "./data", onLost, patience: 20 });

/** How many connections own a database, by what Postgres itself says. */
async function ownersOf({ database }: FreshDatabase): Promise<number> {
  const { rows } = await database.query<{ owners: number }>(
    `select count(*)::int as owners from pg_locks
     where locktype = 'advisory' and granted and classid = $1 and objid = $2
       and database = (select oid from pg_database where datname = current_database())`,
    [...OWNERSHIP_LOCK],
  );
  return rows[0]?.owners ?? Number.NaN;
}

test("a second owner is told who has the database", async () => {
  const owner = await claim();
  await expect(claim()).rejects.toThrow(OwnershipError);
  await expect(claim()).rejects.toThrow(`another Deadbolt (pid ${process.pid}) is using ./data`);
  await owner.release();
});

test("a database that was given up can be claimed again", async () => {
  const owner = await claim();
  await owner.release();
  expect(await ownersOf(fresh)).toBe(0);
  await owner.release();
  const next = await claim();
  // Releasing twice must not release whoever came next.
  await owner.release();
  expect(await ownersOf(fresh)).toBe(1);
  await expect(claim()).rejects.toThrow(OwnershipError);
  await next.release();
});

test("owners of different databases do not meet", async () => {
  const other = await createFreshDatabase({ migrated: false });
  const owner = await claim();
  const another = await claimOwnership(other.url, { place: "elsewhere", onLost: unexpected, patience: 20 });
  expect([await ownersOf(fresh), await ownersOf(other)]).toEqual([1, 1]);
  await owner.release();
  expect([await ownersOf(fresh), await ownersOf(other)]).toEqual([0, 1]);
  await another.release();
  await other.drop();
});

test("an owner whose connection breaks is told once, and another may follow", async () => {
  const losses: Error[] = [];
  const lost = Promise.withResolvers<void>();
  await claim((error) => {
    losses.push(error);
    lost.resolve();
  });
  await fresh.database.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'deadbolt owner%' and datname = current_database()",
  );
  await lost.promise;
  const next = await claim();
  await next.release();
  expect(losses).toHaveLength(1);
});
