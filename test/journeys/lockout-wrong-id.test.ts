import { afterAll, beforeAll, expect, test } from "vitest";
import { answerIdOnLookUp } from "../../playground/zoom/faults.ts";
import { addVictim, doorsAt, lockedOut, lockOut } from "./world/locking-out.ts";
import { rootOf, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test("a look-up by e-mail that names another person's id changes nothing of theirs, and stops only Zoom's half", async () => {
  const { zoom } = world.company;
  const [victim, other] = [addVictim(world), addVictim(world)];
  zoom.addFault(answerIdOnLookUp(other.zoomId));
  const before = zoom.calls.length;
  const requestId = await lockOut(world, victim);
  const { sentence } = await lockedOut(world, requestId);
  expect(sentence).toContain("STOPPED: this Zoom id now belongs to");
  expect(rootOf(world, requestId)?.text).toContain("STOPPED");
  const writes = zoom.calls.slice(before).filter(({ request: { method } }) => method !== "GET");
  expect(writes.filter(({ request: { path } }) => path.includes("/users/"))).toEqual([]);
  expect(doorsAt(world, other)).toMatchObject({ signInAtZoom: true, sessionsAtZoom: true, meetings: true });
  expect(doorsAt(world, victim)).toMatchObject({ sessionsAtCloudflare: false });
});
