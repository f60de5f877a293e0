import { afterAll, beforeAll, expect, test } from "vitest";
import { approvalPolicy } from "./approval-policy.ts";
import { addVictim, doorsAt, lockedOut, lockOut, type Victim } from "./locking-out.ts";
import { fillIn, openByCommand } from "./operation-steps.ts";
import { openRelease, textOf } from "./releasing.ts";
import { answering } from "./struck.ts";
import { approve, ended, eventually, rootOf, startWorld, threadOf, type World } from "./world.ts";

const AGAIN_SECONDS = 2;
let world: World;
beforeAll(async () => {
  world = await startWorld({
    environment: {
      POLICY_FILE: await approvalPolicy("lockout-order"),
      LOCKOUT_REVOKE_AGAIN_SECONDS: String(AGAIN_SECONDS),
      VENDOR_TIMEOUT_SECONDS: "2",
    },
  });
});
afterAll(async () => {
  await world.close();
});

function userOf(victim: Victim) {
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  return user;
}

async function timesOf(requestId: string): Promise<(type: string, step: string) => number> {
  const { rows } = await world.database.query<{ type: string; at: Date; data: { stepId?: string } }>(
    "select type, at, data from deadbolt.audit_event where request_id = $1",
    [requestId],
  );
  return (type, step) =>
    rows.find((row) => row.type === type && row.data.stepId === step)?.at.getTime() ?? Number.NaN;
}

test("an activation that waits to be tried again does not open the door that a lockout closed meanwhile", async () => {
  const victim = addVictim(world);
  userOf(victim).status = "inactive";
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  const form = await openByCommand(world, "security", "/zoom", `update status @${victim.name}`);
  const fault = answering(429, { code: 429, message: "Too many." }, { "retry-after": "2" });
  world.company.zoom.addFault({ ...fault, method: "PUT", path, times: 1 });
  await fillIn(world, "security", form, { reason: "Back from leave", "input.action": "activate" });
  await eventually("the request", () => rootOf(world, form.id));
  await approve(world, form.id, "secondSecurity");
  const actions = () =>
    world.company.zoom.calls
      .filter(({ request }) => path.test(request.path))
      .map(({ request }) => request.body?.["action"]);
  await eventually("the first try", () => actions().length > 0);
  const requestId = await lockOut(world, victim);
  expect(await lockedOut(world, requestId)).toMatchObject({ state: "done" });
  expect(await ended(world, form.id)).toBe("failed");
  expect(threadOf(world, form.id).join("\n")).toContain("A lockout of this person went first");
  expect(actions()).toEqual(["activate", "deactivate"]);
  expect(doorsAt(world, victim).signInAtZoom).toBe(false);
});

test("sessions are revoked once more so long after the answer to the first time, however slow that was", async () => {
  const victim = addVictim(world);
  world.company.cloudflare.addFault({ kind: "slow", milliseconds: 1_500, path: /revoke_user$/, times: 2 });
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  const at = await timesOf(requestId);
  const gap = at("step.started", "revoke-again-account") - at("step.answered", "revoke-cloudflare-account");
  expect(gap).toBeGreaterThanOrEqual(AGAIN_SECONDS * 1_000 - 50);
  const look = at("step.started", "check-sessions") - at("step.answered", "revoke-cloudflare-account");
  expect(look).toBeGreaterThanOrEqual((AGAIN_SECONDS * 2_000) / 3 - 100);
});

test("a deactivation that hangs keeps the other doors of Zoom open for one attempt, not for all of them", async () => {
  const victim = addVictim(world);
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  world.company.zoom.addFault({ kind: "hang", method: "PUT", path });
  const requestId = await lockOut(world, victim);
  const { sentence } = await lockedOut(world, requestId);
  world.company.zoom.clearFaults();
  const calls = world.company.zoom.calls.filter(({ request }) => request.path.includes(victim.zoomId));
  const token = calls.findIndex(
    ({ request }) => request.method === "DELETE" && request.path.endsWith("/token"),
  );
  const tries = calls.flatMap(({ request }, index) => (path.test(request.path) ? [index] : []));
  expect(tries.length).toBeGreaterThan(2);
  expect(token).toBeLessThan(tries.at(-1) ?? 0);
  expect(sentence).toMatch(/^NOT /);
});

test.each([1, 2])(
  "features that nobody saw in time are said to be lost, after %d lockouts",
  async (times) => {
    const victim = addVictim(world, { type: 2 });
    const user = userOf(victim);
    user.pretend.settings["feature"] = { webinar: true, webinar_capacity: 500, large_meeting: false };
    world.company.zoom.addFault({ kind: "slow", milliseconds: 1_700, method: "GET", path: /\/settings$/ });
    const onCall = ({ request }: { request: { method: string; path: string } }) => {
      if (request.method === "PUT" && request.path.endsWith(`${victim.zoomId}/status`))
        user.pretend.settings["feature"] = { webinar: false, large_meeting: false };
    };
    world.company.zoom.events.on("call", onCall);
    await lockedOut(world, await lockOut(world, victim));
    world.company.zoom.clearFaults();
    if (times === 2) await lockedOut(world, await lockOut(world, victim));
    world.company.zoom.events.off("call", onCall);
    expect(textOf(await openRelease(world, "security", victim.email))).toMatch(/features/i);
  },
);
