import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdAliveLock } from "../../../src/workflow/run/take-over.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const SILENT_MILLISECONDS = 400;

function held(onLost: (error: Error) => void) {
  const { url, database } = fresh;
  return holdAliveLock({ databaseUrl: url, database, onLost, silentMilliseconds: SILENT_MILLISECONDS });
}

test("an instance that is alive keeps its lock, though it has nothing to say", async () => {
  const lost: Error[] = [];
  const lock = await held((error) => lost.push(error));
  await sleep(2 * SILENT_MILLISECONDS);
  expect(await lock.isHeld()).toBe(true);
  await lock.release();
  expect(lost).toEqual([]);
});

test("an instance that is frozen loses its lock, and knows it when it wakes", async () => {
  const lost = Promise.withResolvers<Error>();
  const lock = await held(lost.resolve);
  // This thread stands still: nothing of it answers, and its connections stay.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * SILENT_MILLISECONDS);
  expect(await lock.isHeld()).toBe(false);
  // In which words, depends on what arrives first.
  expect(await lost.promise).toBeInstanceOf(Error);
  await lock.release().catch(() => undefined);
});
