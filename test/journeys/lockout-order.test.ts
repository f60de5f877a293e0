import { afterAll, beforeAll, expect, test } from "vitest";
import { approvalPolicy } from "./world/approval-policy.ts";
import { addVictim, doorsAt, lockedOut, lockOut, type Victim } from "./world/locking-out.ts";
import { fillIn, openByCommand } from "./world/operation-steps.ts";
import { openRelease, textOf } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import { approve, ended, eventually, rootOf, startWorld, threadOf, type World } from "./world/world.ts";

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

/** A change of the status that was approved, refused for the moment, and waits to be tried again. */
async function waitingStatus(victim: Victim, action: string, seconds: number) {
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  const form = await openByCommand(world, "security", "/zoom", `update status @${victim.name}`);
  const fault = answering(429, { code: 429, message: "Too many." }, { "retry-after": String(seconds) });
  world.company.zoom.addFault({ ...fault, method: "PUT", path, times: 1 });
  await fillIn(world, "security", form, { reason: "As asked", "input.action": action });
  await eventually("the request", () => rootOf(world, form.id));
  await approve(world, form.id, "secondSecurity");
  const actions = () =>
    world.company.zoom.calls
      .filter(({ request }) => path.test(request.path))
      .map(({ request }) => request.body?.["action"]);
  await eventually("the first try", () => actions().length > 0);
  return { requestId: form.id, actions };
}

test.each(["goes on", "is killed and started again"])(
  "an activation that waits to be tried again does not open what a lockout closed meanwhile, where the app %s",
  async (how) => {
    const victim = addVictim(world);
    userOf(victim).status = "inactive";
    const isKilled = how !== "goes on";
    const { requestId, actions } = await waitingStatus(victim, "activate", isKilled ? 6 : 2);
    const lockout = await lockOut(world, victim);
    expect(await lockedOut(world, lockout)).toMatchObject({ state: "done" });
    if (isKilled) {
      await world.app().kill();
      await world.restart();
    }
    expect(await ended(world, requestId)).toBe("failed");
    expect(threadOf(world, requestId).join("\n")).toContain("This person is locked out");
    expect(actions()).toEqual(["activate", "deactivate"]);
    expect(doorsAt(world, victim).signInAtZoom).toBe(false);
  },
);

test("a deactivation that waits to be tried again is sent also behind a lockout that only ends sessions", async () => {
  const victim = addVictim(world);
  const { requestId } = await waitingStatus(victim, "deactivate", 2);
  await lockedOut(world, await lockOut(world, victim, { values: { preset: "sessions" } }));
  expect(await ended(world, requestId)).toBe("done");
  expect(userOf(victim).status).toBe("inactive");
});

test("the role of an administrator goes before the deactivation, also where that has to be tried again", async () => {
  const victim = addVictim(world, { role_id: "1" });
  const fault = answering(429, { code: 429, message: "Too many." }, { "retry-after": "4" });
  const path = new RegExp(`/members/${victim.zoomId}$`);
  world.company.zoom.addFault({ ...fault, method: "DELETE", path, times: 1 });
  expect(await lockedOut(world, await lockOut(world, victim))).toMatchObject({ state: "done" });
  expect(doorsAt(world, victim).signInAtZoom).toBe(false);
});

test("a password that was set before a power failure is not set again", async () => {
  const victim = addVictim(world, { login_types: [100, 101] });
  const sets = () =>
    world.company.zoom.calls.filter(
      ({ request }) => request.method === "PUT" && request.path.endsWith(`${victim.zoomId}/password`),
    ).length;
  const requestId = await lockOut(world, victim);
  await eventually("the answer in the trail", async () => {
    const at = await timesOf(requestId);
    return !Number.isNaN(at("step.answered", "reset-password"));
  });
  for (let times = 0; times < 3; times += 1) {
    await world.app().kill();
    await world.restart();
  }
  expect(await lockedOut(world, requestId)).toMatchObject({ state: "done" });
  expect(sets()).toBe(1);
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

test("what a full lockout kept is given back, also after one that only ended sessions and saw nothing", async () => {
  const victim = addVictim(world, { type: 2 });
  const path = new RegExp(`/users/(${victim.zoomId}|${encodeURIComponent(victim.email)}|${victim.email})$`);
  world.company.zoom.addFault({ ...answering(500, { code: 500, message: "No." }), method: "GET", path });
  await lockedOut(world, await lockOut(world, victim, { values: { preset: "sessions" } }));
  world.company.zoom.clearFaults();
  await lockedOut(world, await lockOut(world, victim));
  const text = textOf(await openRelease(world, "security", victim.email));
  expect(text).toContain("Give the Zoom licence back");
  expect(text).not.toContain("was not kept");
});
