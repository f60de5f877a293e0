import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import type { Call } from "../../playground/simulator.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { hold } from "./world/hold.ts";
import {
  addVictim,
  ALL_CLOSED,
  doorsAt,
  lockedOut,
  lockOut,
  openLockout,
  press,
} from "./world/locking-out.ts";
import { askRelease, openRelease, released, textOf } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import {
  approve,
  ended,
  eventsOf,
  eventually,
  noticeAfter,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("release-broken") } });
});
afterAll(async () => {
  await world.close();
});

const LISTED = /\/gateway\/lists\/[^/]+\/items$/;
const NOT_NOW = answering(400, { code: 300, message: "Not now." });

async function tryAgain(requestId: string): Promise<void> {
  await press(world, "security", requestId, "lockout_retry");
  await eventually("the second try", async () =>
    (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
  );
}

test("a release that was asked for before another lockout opens nothing", async () => {
  const victim = addVictim(world);
  await lockedOut(world, await lockOut(world, victim));
  const release = await askRelease(world, "security", victim.email);
  await lockedOut(world, await lockOut(world, victim, { by: "secondSecurity" }));
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("cancelled");
  const voided = (await eventsOf(world, release)).find(({ type }) => type === "request.voided");
  expect(voided?.data["reason"]).toContain("locked out again");
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});

test("a lockout during a release stops it before its next command", async () => {
  const victim = addVictim(world, { type: 2 });
  await lockedOut(world, await lockOut(world, victim));
  const release = await askRelease(world, "security", victim.email);
  const path = new RegExp(`/users/${victim.zoomId}$`);
  const held = hold(world.company.zoom, { method: "GET", path });
  await approve(world, release, "secondSecurity");
  await held.reached;
  expect(await storedRequest(world, release)).toMatchObject({ state: "running" });
  const again = await lockOut(world, victim, { by: "secondSecurity" });
  held.answer();
  expect((await lockedOut(world, again)).sentence).toMatch(/^Locked\./);
  await ended(world, release);
  expect(doorsAt(world, victim).signInAtZoom).toBe(false);
});

test("a command of a release that the vendor put off is not sent again once the person is locked out anew", async () => {
  const victim = addVictim(world);
  await lockedOut(world, await lockOut(world, victim));
  const release = await askRelease(world, "security", victim.email);
  const path = /\/gateway\/lists\//;
  const later = { success: false, errors: [{ code: 971, message: "Later." }], messages: [] };
  world.company.cloudflare.addFault({
    ...answering(429, later, { "retry-after": "5" }),
    method: "PATCH",
    path,
    times: 1,
  });
  await approve(world, release, "secondSecurity");
  await eventually("the answer that puts it off", () =>
    world.company.cloudflare.calls.some(
      ({ request, outcome }) => path.test(request.path) && "status" in outcome && outcome.status === 429,
    ),
  );
  const again = await lockOut(world, victim, { by: "secondSecurity" });
  await ended(world, release);
  expect((await lockedOut(world, again)).sentence).toMatch(/^Locked\./);
  expect(doorsAt(world, victim).signInAtCloudflare).toBe(false);
});

test("a release that failed is not tried again once the person is locked out anew", async () => {
  const victim = addVictim(world, { type: 2 });
  await lockedOut(world, await lockOut(world, victim));
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  world.company.zoom.addFault({ ...NOT_NOW, method: "PUT", path, times: 1 });
  const { requestId } = await released(world, victim.email);
  await lockedOut(world, await lockOut(world, victim, { by: "secondSecurity" }));
  const before = (await eventsOf(world, requestId)).length;
  const said = await noticeAfter(world, "security", () =>
    press(world, "security", requestId, "lockout_retry"),
  );
  expect(said).toContain("locked out again");
  expect(await eventsOf(world, requestId)).toHaveLength(before);
  expect(doorsAt(world, victim).signInAtZoom).toBe(false);
});

test("of two releases of one lockout only the first runs", async () => {
  const victim = addVictim(world, { type: 2 });
  await lockedOut(world, await lockOut(world, victim));
  const first = await askRelease(world, "security", victim.email);
  const second = await askRelease(world, "secondSecurity", victim.email);
  await approve(world, first, "secondSecurity");
  expect(await ended(world, first)).toBe("done");
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user !== undefined) user.type = 1;
  await approve(world, second, "security");
  expect(await ended(world, second)).toBe("cancelled");
  expect(user?.type).toBe(1);
});

test("a Zoom id that is somebody else's by now is given nothing", async () => {
  const victim = addVictim(world, { type: 2 });
  await lockedOut(world, await lockOut(world, victim));
  const release = await askRelease(world, "security", victim.email);
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user !== undefined) user.email = `another.${victim.email}`;
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).not.toBe("done");
  expect(user?.status).toBe("inactive");
});

test("a read of the block list that is slower than the entry takes nothing away for good", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const held = hold(world.company.cloudflare, { method: "GET", path: LISTED });
  await world.company.slack.as(PEOPLE.security.id).submit(view.id);
  await held.reached;
  await eventually("the entry", () => !doorsAt(world, victim).signInAtCloudflare);
  held.answer();
  await eventually("the request", async () => (await storedRequest(world, view.id)) !== undefined);
  await lockedOut(world, view.id);
  world.company.cloudflare.clearFaults();
  await released(world, victim.email);
  expect(doorsAt(world, victim).signInAtCloudflare).toBe(true);
});

test("an entry that a lockout put on the block list is its own, also when the list was first read at a second try", async () => {
  const victim = addVictim(world);
  const refused = answering(400, { success: false, errors: [{ code: 1001, message: "no" }], messages: [] });
  world.company.cloudflare.addFault({ ...refused, method: "GET", path: LISTED });
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  world.company.cloudflare.clearFaults();
  await tryAgain(requestId);
  await released(world, victim.email);
  expect(doorsAt(world, victim).signInAtCloudflare).toBe(true);
});

test("features are read before they are taken away", async () => {
  const victim = addVictim(world, { type: 2 });
  const { zoom, slack } = world.company;
  const user = zoom.users.get(victim.zoomId);
  const give = (webinar: boolean) => {
    if (user !== undefined) user.pretend.settings["feature"] = { webinar, large_meeting: false };
  };
  give(true);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const onCall = ({ request }: Call) => {
    if (request.method === "PUT" && request.path.endsWith(`${victim.zoomId}/status`)) give(false);
  };
  zoom.events.on("call", onCall);
  zoom.addFault({ kind: "slow", milliseconds: 300, method: "GET", path: /\/settings$/, times: 1 });
  await slack.as(PEOPLE.security.id).submit(view.id);
  await lockedOut(world, view.id);
  zoom.events.off("call", onCall);
  expect(textOf(await openRelease(world, "security", victim.email))).toContain("features");
});

test("where Zoom could not be read at first, a release says so and activates all the same", async () => {
  const victim = addVictim(world, { type: 2 });
  world.company.zoom.addFault({ ...NOT_NOW, method: "GET", path: /^\/v2\/users\/[^/]+$/ });
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  world.company.zoom.clearFaults();
  await tryAgain(requestId);
  const text = textOf(await openRelease(world, "security", victim.email));
  expect(text).toContain("Activate the Zoom user");
  expect(text).toContain("was not kept");
});

test("a Zoom user who is gone by now does not keep the rest from being given back", async () => {
  const victim = addVictim(world);
  await lockedOut(world, await lockOut(world, victim));
  world.company.zoom.users.delete(victim.zoomId);
  const { text } = await released(world, victim.email);
  expect(text).toContain("Zoom knows them no more");
  expect(doorsAt(world, victim).signInAtCloudflare).toBe(true);
});
