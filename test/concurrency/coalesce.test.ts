import { expect, test } from "vitest";
import { createGathered } from "../../src/concurrency/coalesce.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who asks while it is waited for shares one time, and who asks while it is done gets another", async () => {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = createGathered(
    async ({ key }: { key: string }) => {
      begun.push(key);
      await new Promise<void>((resolve) => ends.push(resolve));
    },
    () => Promise.resolve(),
  );
  const first = [ask({ key: "a" }), ask({ key: "a" }), ask({ key: "b" })];
  await settled();
  expect(begun).toEqual(["a", "b"]);
  const later = [ask({ key: "a" }), ask({ key: "a" })];
  await settled();
  // Never two at once about one thing.
  expect(begun).toEqual(["a", "b"]);
  for (const end of ends.splice(0)) end();
  await Promise.all(first);
  await settled();
  expect(begun).toEqual(["a", "b", "a"]);
  for (const end of ends.splice(0)) end();
  await Promise.all(later);
});

test("a fault meets all who asked for that time, and nobody after", async () => {
  let fails = true;
  const ask = createGathered(
    async (_subject: { key: string }) => {
      if (fails) throw new Error("the database is away");
    },
    () => Promise.resolve(),
  );
  const results = await Promise.allSettled([ask({ key: "a" }), ask({ key: "a" })]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fails = false;
  await expect(ask({ key: "a" })).resolves.toBeUndefined();
});
