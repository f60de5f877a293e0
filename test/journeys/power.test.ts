import { afterAll, beforeAll, expect, test } from "vitest";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, lockOut } from "./world/locking-out.ts";
import { fillIn, openByCommand, textOf } from "./world/operation-steps.ts";
import { lastRefusalOf } from "./world/refused.ts";
import { startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test("the help desk cannot activate somebody who is locked out: it is refused, and points to the release", async () => {
  const victim = addVictim(world);
  await lockedOut(world, await lockOut(world, victim));
  const form = await openByCommand(world, "requester", "/zoom", `update status @${victim.name}`);
  const refused = await fillIn(world, "requester", form, {
    reason: "They called and cannot sign in",
    "input.action": "activate",
  });
  expect(textOf(refused)).toContain("locked out");
  expect(textOf(refused)).toContain("/lockout release");
  expect(await lastRefusalOf(world, "requester")).toMatchObject({ rule: "only a release ends a lockout" });
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});
