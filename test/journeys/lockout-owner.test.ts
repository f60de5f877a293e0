import { afterAll, beforeAll, expect, test } from "vitest";
import { lockoutFields } from "../../src/playbook/lockout-fields.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { addVictim, lockedOut, lockOut } from "./world/locking-out.ts";
import { eventsOf, rootOf, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("lockout-owner") } });
});
afterAll(async () => {
  await world.close();
});

async function lockedWithRole(role: string) {
  const victim = addVictim(world);
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  user.role_id = role;
  const requestId = await lockOut(world, victim);
  const ended = await lockedOut(world, requestId);
  const { rows } = await world.database.query<{ seen: unknown }>(
    "select fields -> 'seen' as seen from deadbolt.request where id = $1",
    [requestId],
  );
  return { requestId, ...ended, seen: rows[0]?.seen, root: JSON.stringify(rootOf(world, requestId)?.blocks) };
}

test("whoever owns the Zoom account is told with what works, not with what Zoom refuses", async () => {
  const { requestId, sentence, root, seen } = await lockedWithRole("0");
  expect(sentence).toMatch(/^NOT locked\. Open: Zoom sign-in/);
  expect(seen).toMatchObject({ isOwner: true });
  expect(root).toContain("By hand: They own the Zoom account, and Zoom deactivates no owner.");
  expect(root).toContain("Hand the account to somebody else in Zoom's account profile");
  expect(root).not.toContain("Deactivate the user in Zoom's user management");
  const refused = (await eventsOf(world, requestId)).find(
    ({ type, data }) => type === "step.finished" && data["stepId"] === "deactivate",
  );
  expect(JSON.stringify(refused?.data["facts"])).not.toMatch(/correct the form|ask again/);
});

test("of whoever owns nothing the plan says nothing of it, so that plans of before keep their hash", async () => {
  const { seen } = await lockedWithRole("2");
  expect(Object.keys(seen ?? {}).toSorted()).toEqual(["hasPassword", "hasSso"]);
  const fields = { parts: ["zoom-deactivate"], reason: "Taken over", seen: { hasPassword: true } };
  expect(lockoutFields.parse(fields)).toEqual(fields);
});
