import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { createBulkQueue } from "../../../src/workflow/run/bulk-queue.ts";

/** A line whose work ends when the test says so. */
function createWorkplace(atOnce: number) {
  const begun: string[] = [];
  const faults: string[] = [];
  const ends = new Map<string, () => void>();
  let clear = Promise.resolve();
  const line = createBulkQueue({ atOnce, clear: () => clear, onFault: (name) => void faults.push(name) });
  const launch = (name: string) => async () => {
    begun.push(name);
    ends.set(name, line.enter());
  };
  return {
    line,
    begun,
    faults,
    add: (name: string) => line.add(name, launch(name)),
    end: (name: string) => ends.get(name)?.(),
    /** Something urgent is under way until the function that is given back is called. */
    urgent: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      clear = promise;
      return resolve;
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("so many are in hand at once, and the next one begins when one of them ends, in the order of asking", async () => {
  const { add, begun, end } = createWorkplace(2);
  for (const name of ["a", "b", "c", "d"]) add(name);
  await settled();
  expect(begun).toEqual(["a", "b"]);
  end("b");
  await settled();
  expect(begun).toEqual(["a", "b", "c"]);
});

test("what began otherwise, as after a crash, counts as well", async () => {
  const { line, add, begun } = createWorkplace(1);
  const over = line.enter();
  add("a");
  await settled();
  expect(begun).toEqual([]);
  over();
  await settled();
  expect(begun).toEqual(["a"]);
});

test("what waits already is not added again, and what has begun may be", async () => {
  const { add, begun, end } = createWorkplace(1);
  for (const name of ["a", "b", "b", "b"]) add(name);
  await settled();
  end("a");
  await settled();
  end("b");
  await settled();
  expect(begun).toEqual(["a", "b"]);
});

test("nothing begins while something urgent is under way", async () => {
  const { add, begun, urgent } = createWorkplace(5);
  const over = urgent();
  add("a");
  await settled();
  expect(begun).toEqual([]);
  over();
  await settled();
  expect(begun).toEqual(["a"]);
});

test("one that cannot begin is told and keeps no other one waiting", async () => {
  const { line, add, begun, faults } = createWorkplace(1);
  line.add("broken", async () => {
    throw new Error("the database is away");
  });
  add("a");
  await settled();
  expect([begun, faults]).toEqual([["a"], ["broken"]]);
});

test("after a stop nothing begins any more", async () => {
  const { line, add, begun, end } = createWorkplace(1);
  add("a");
  add("b");
  await settled();
  line.stop();
  end("a");
  await settled();
  expect(begun).toEqual(["a"]);
});

test("what begins next is no part of what has ended before it", async () => {
  const within = new AsyncLocalStorage<string>();
  const { line, add, begun } = createWorkplace(1);
  const seen: (string | undefined)[] = [];
  const over = within.run("the first run", () => line.enter());
  line.add("second", async () => {
    seen.push(within.getStore());
  });
  within.run("the first run", over);
  await settled();
  within.run("a click", () => add("third"));
  await settled();
  expect([seen, begun]).toEqual([[undefined], ["third"]]);
});
