import { afterAll, beforeAll, expect, test } from "vitest";
import { approvalPolicy } from "./world/approval-policy.ts";
import { addVictim, lockedOut, lockOut, openLockout, press } from "./world/locking-out.ts";
import { eventsOf, eventually, rootOf, startWorld, threadOf, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("lockout-no-account") } });
});
afterAll(async () => {
  expect(world.company.slack.mistakes).toEqual([]);
  await world.close();
});

test("no Zoom account is said in form and verdict, and is Locked only once a responder confirms that", async () => {
  const victim = addVictim(world);
  world.company.zoom.users.delete(victim.zoomId);
  const missing = `Locked at Cloudflare. No Zoom account under ${victim.email}`;
  const view = await openLockout(world, "security", `@${victim.name}`);
  const form = JSON.stringify(view.content.blocks);
  expect(form).toContain(missing);
  expect(form).not.toContain("It will hold*");

  const requestId = await lockOut(world, victim);
  const { state, sentence } = await lockedOut(world, requestId);
  expect(state).not.toBe("failed");
  expect(sentence).toContain(missing);
  await eventually("its verdict in the message", () =>
    JSON.stringify(rootOf(world, requestId)?.blocks).includes(missing),
  );
  expect(threadOf(world, requestId).join("\n")).toContain(`asked for. No Zoom account under ${victim.email}`);

  await press(world, "security", requestId, "lockout_no_zoom");
  await eventually("the new verdict", () =>
    JSON.stringify(rootOf(world, requestId)?.blocks).includes("*Locked."),
  );
  const events = await eventsOf(world, requestId);
  expect(events.find(({ type }) => type === "account.ruled_out")?.data).toEqual({
    vendor: "zoom",
    addresses: [victim.email],
  });
  expect(events.findLast(({ type }) => type === "lockout.judged")?.data["verdict"]).toBe("locked");
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("lockout_no_zoom");
});
