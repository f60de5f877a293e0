import { afterAll, beforeAll, expect, test } from "vitest";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, lockOut, openLockout } from "./locking-out.ts";
import { rootOf, startWorld, threadOf, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test("one press closes every door, and the thread proves it to the tenth of a second", async () => {
  const victim = addVictim(world);
  const requestId = await lockOut(world, victim);
  const { state, sentence } = await lockedOut(world, requestId);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(sentence).toMatch(/^Locked\. Proven closed: Zoom sign-in/);
  expect(state).toBe("done");
  const thread = threadOf(world, requestId);
  process.stdout.write(
    thread.join("\n---\n") + "\n" + JSON.stringify(rootOf(world, requestId)?.blocks, null, 1),
  );
});

test("the form shows what will happen and whether it will hold", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const text = JSON.stringify(view.content.blocks);
  process.stdout.write(text);
  expect(text).toContain("It will hold");
  expect(text).toContain("1 live Zoom meeting.");
});
