import { expect, test } from "vitest";
import { createBatched } from "../../src/database/batched.ts";

test("what comes together is written together, and what comes meanwhile goes next", async () => {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const write = createBatched<number>(async (items) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => ends.push(resolve));
  });
  const first = [write(1), write(2)];
  await expect.poll(() => batches).toEqual([[1, 2]]);
  const second = [write(3), write(4)];
  ends.shift()?.();
  await Promise.all(first);
  await expect
    .poll(() => batches)
    .toEqual([
      [1, 2],
      [3, 4],
    ]);
  ends.shift()?.();
  await Promise.all(second);
});

test("one that cannot be written fails alone", async () => {
  const written: number[] = [];
  const write = createBatched<number>(async (items) => {
    if (items.includes(2)) throw new Error("two is refused");
    written.push(...items);
  });
  const results = await Promise.allSettled([write(1), write(2), write(3)]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(written).toEqual([1, 3]);
});
