import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdAliveLock } from "../../../src/workflow/run/alive-lock.ts";
import { createFreshDatabase, type FreshDatabase } from "../../fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
});
afterAll(async () => {
  await fresh.drop();
});

const SILENT_MILLISECONDS = 400;

function held(onInterrupted: (error: Error) => void) {
  const { url, database } = fresh;
  return holdAliveLock({
    databaseUrl: url,
    database,
    onInterrupted,
    silentMilliseconds: SILENT_MILLISECONDS,
  });
}

test("an instance that is alive keeps its lock, though it has nothing to say", async () => {
  const lost: Error[] = [];
  const lock = await held((error) => lost.push(error));
  await sleep(2 * SILENT_MILLISECONDS);
  expect(await lock.isHeld("r1")).toBe(true);
  await lock.release();
  expect(lost).toEqual([]);
});

test("an instance that is frozen loses its lock, knows it when it wakes, and takes it again", async () => {
  const lost = Promise.withResolvers<Error>();
  const heldAgain = Promise.withResolvers<void>();
  const lock = await held(lost.resolve);
  lock.onHeldAgain(heldAgain.resolve);
  // This thread stands still: nothing of it answers, and its connections stay.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * SILENT_MILLISECONDS);
  // Nobody has taken its runs over meanwhile.
  expect(await lock.isHeld("r1")).toBe(true);
  // In which words, depends on what arrives first.
  expect(await lost.promise).toBeInstanceOf(Error);
  await heldAgain.promise;
  await lock.release().catch(() => undefined);
});

test("a run that another instance has gone on with is not this one's any more, and what waits to go on neither", async () => {
  const lock = await held(() => undefined);
  const add = (run: string, executor: string, status: string) =>
    fresh.database.query(
      "insert into dbos.workflow_status (workflow_uuid, executor_id, status, name) values ($1, $2, $3, 'runRequest')",
      [run, executor, status],
    );
  await add("mine", lock.executorId, "PENDING");
  await add("earlier", "another", "SUCCESS");
  await add("earlier:1", lock.executorId, "PENDING");
  await add("taken:2", "another", "PENDING");
  await add("waiting", lock.executorId, "ENQUEUED");
  const isHeld = await Promise.all(["mine", "earlier", "taken", "waiting"].map((id) => lock.isHeld(id)));
  expect(isHeld).toEqual([true, true, false, false]);
  const runs = ["mine", "earlier", "earlier:1", "taken:2", "waiting"];
  expect(await Promise.all(runs.map((run) => lock.isTakenOver([run])))).toEqual([
    false,
    true,
    false,
    true,
    true,
  ]);
  await lock.release();
});
