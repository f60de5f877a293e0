import { expect, test } from "vitest";
import { createBatched } from "../../src/database/batched.ts";

test("what comes together is written together, and what comes meanwhile goes next", async () => {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const write = createBatched(async (items: readonly number[]) => {
    batches.push([...items]);
    await new Promise<void>((resolve) => ends.push(resolve));
    return items;
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
  const write = createBatched(async (items: readonly number[]) => {
    if (items.includes(2)) throw new TypeError("two is refused");
    written.push(...items);
    return items;
  });
  const results = await Promise.allSettled([write(1), write(2), write(3)]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(written).toEqual([1, 3]);
});

test("a database that is away fails all of them once, and the next one is tried", async () => {
  let tries = 0;
  const write = createBatched(async (items: readonly number[]) => {
    tries += 1;
    if (tries === 1) throw Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    return items.map((item) => item * 10);
  });
  const results = await Promise.allSettled([write(1), write(2)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tries).toBe(1);
  expect(await write(3)).toBe(30);
});
