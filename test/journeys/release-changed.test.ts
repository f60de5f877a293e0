import { afterAll, beforeAll, expect, test } from "vitest";
import type { Call } from "../../playground/simulator.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { hold } from "./world/hold.ts";
import { askFor, approveFully, offboard } from "./world/leaver.ts";
import { addVictim, doorsAt, lockedOut, lockOut, press, type Victim } from "./world/locking-out.ts";
import { fillIn, openByCommand } from "./world/operation-steps.ts";
import { askRelease, openRelease, released, textOf } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import {
  approve,
  ended,
  eventsOf,
  eventually,
  outcomesOf,
  rootOf,
  startWorld,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("release-changed") } });
});
afterAll(async () => {
  await world.close();
});

const NOT_NOW = answering(400, { code: 300, message: "Not now." });

function userOf(victim: Victim) {
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  return user;
}

function blockList() {
  const { cloudflare } = world.company;
  const list = [...cloudflare.denyListIds].flatMap((id) => cloudflare.gatewayLists.get(id) ?? [])[0];
  if (list === undefined) throw new Error("There is no block list.");
  return list;
}

/** Someone licensed who is locked out. */
async function locked(): Promise<{ victim: Victim; lockoutId: string }> {
  const victim = addVictim(world, { type: 2 });
  const lockoutId = await lockOut(world, victim);
  await lockedOut(world, lockoutId);
  return { victim, lockoutId };
}

async function isReleased(lockoutId: string): Promise<boolean> {
  return (await eventsOf(world, lockoutId)).some(({ type }) => type === "lockout.released");
}

/** What the thread says of a release; it is the lockout's thread. */
function told(requestId: string): string {
  return world.company.slack.messages
    .filter(({ metadata }) =>
      String((metadata?.["event_payload"] as { id?: unknown } | undefined)?.id).startsWith(`${requestId}:`),
    )
    .map(({ text }) => text)
    .join("\n");
}

function writesOf(victim: Victim, since: number): string[] {
  return world.company.zoom.calls
    .slice(since)
    .filter(({ request }) => request.method !== "GET" && request.path.includes(victim.zoomId))
    .map(({ request }) => `${request.method} ${request.path.replace(victim.zoomId, "ID")}`);
}

test("whoever was offboarded after the lockout is given nothing back, and the release says by which request", async () => {
  const { victim, lockoutId } = await locked();
  const offboarding = await offboard(world, victim);
  const { requestId, text, state } = await released(world, victim.email);
  expect(text).toContain("Nothing has to be given back");
  expect(text).toMatch(
    new RegExp(
      `Zoom sign-in, Zoom licence, .*Cloudflare sign-in, WARP devices .Laptop of ${victim.name}.: they were offboarded since, by request ${offboarding}\\.`,
    ),
  );
  expect(state).toBe("done");
  expect(await outcomesOf(world, requestId)).toEqual({});
  expect(doorsAt(world, victim)).toMatchObject({
    signInAtZoom: false,
    signInAtCloudflare: false,
    devices: false,
  });
  expect(await isReleased(lockoutId)).toBe(true);
  const suspended = await world.database.query(
    "select request_id from deadbolt.suspension where lifted_at is null and slack_id = $1",
    [victim.slackId],
  );
  expect(suspended.rows).toEqual([{ request_id: offboarding }]);
});

test("whoever is offboarded while the release waits is not activated, and the lockout is over all the same", async () => {
  const { victim, lockoutId } = await locked();
  const release = await askRelease(world, "security", victim.email);
  const offboarding = await offboard(world, victim);
  const calls = world.company.zoom.calls.length;
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("done");
  expect(writesOf(victim, calls)).toEqual([]);
  expect(doorsAt(world, victim)).toMatchObject({ signInAtZoom: false, signInAtCloudflare: false });
  expect(told(release)).toContain(
    `Not sent, and left as it is: they were offboarded since, by request ${offboarding}.`,
  );
  expect(await isReleased(lockoutId)).toBe(true);
  expect(JSON.stringify(rootOf(world, release)?.blocks)).not.toContain("lockout_retry");
});

test("an offboarding that is still at work keeps a release from activating", async () => {
  const { victim } = await locked();
  const release = await askRelease(world, "security", victim.email);
  const offboarding = await askFor(world, victim);
  const path = new RegExp(`/users/${victim.zoomId}$`);
  const held = hold(world.company.zoom, { method: "GET", path });
  await approveFully(world, offboarding, "deactivate");
  await held.reached;
  await approve(world, release, "secondSecurity");
  await ended(world, release);
  held.answer();
  await ended(world, offboarding);
  expect(userOf(victim).status).toBe("inactive");
});

test("what somebody set by hand while the release waited is not overwritten, and the rest is given back", async () => {
  const { victim, lockoutId } = await locked();
  const release = await askRelease(world, "security", victim.email);
  userOf(victim).type = 4;
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("done");
  expect(userOf(victim)).toMatchObject({ status: "active", type: 4 });
  expect(await outcomesOf(world, release)).toMatchObject({
    activate: "verified",
    licence: "skipped",
    unblock: "verified",
    "unrevoke-registrations": "verified",
  });
  expect(told(release)).toContain(
    "Zoom licence is Unassigned, without Meetings Basic now, and was Basic when this was asked for: somebody changed it since.",
  );
  expect(JSON.stringify(rootOf(world, release)?.blocks)).toContain("1 was left as it is now");
  expect(await isReleased(lockoutId)).toBe(true);
});

test("what is already as it should be is not sent, and counts as proven", async () => {
  const victim = addVictim(world, { type: 2 });
  const before = { ...userOf(victim) };
  const lockoutId = await lockOut(world, victim);
  await lockedOut(world, lockoutId);
  const release = await askRelease(world, "security", victim.email);
  Object.assign(userOf(victim), before);
  const calls = world.company.zoom.calls.length;
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("done");
  expect(writesOf(victim, calls)).toEqual([]);
  expect(await outcomesOf(world, release)).toMatchObject({ activate: "verified", licence: "verified" });
  expect(await isReleased(lockoutId)).toBe(true);
});

test("what activating brings along by itself is not taken for somebody's doing", async () => {
  const { victim } = await locked();
  const release = await askRelease(world, "security", victim.email);
  const { zoom } = world.company;
  const onCall = ({ request }: Call) => {
    if (request.method === "PUT" && request.path.endsWith(`${victim.zoomId}/status`)) userOf(victim).type = 4;
  };
  zoom.events.on("call", onCall);
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("done");
  zoom.events.off("call", onCall);
  expect(userOf(victim)).toMatchObject({ status: "active", type: 2 });
});

test("an entry that somebody else put on the block list stays, before and after the release was asked for", async () => {
  const early = await locked();
  const late = await locked();
  const replace = ({ victim }: { victim: Victim }) => {
    const item = blockList().items.find(({ value }) => value === victim.email);
    if (item !== undefined) item.description = "Case 4711, legal";
  };
  replace(early);
  const { text } = await released(world, early.victim.email);
  expect(text).toContain("somebody else put it there since (“Case 4711, legal”), so it stays.");
  expect(doorsAt(world, early.victim)).toMatchObject({ signInAtZoom: true, signInAtCloudflare: false });

  const release = await askRelease(world, "security", late.victim.email);
  replace(late);
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("done");
  expect(told(release)).toContain("blocked by another entry (“Case 4711, legal”) now");
  expect(doorsAt(world, late.victim)).toMatchObject({ signInAtZoom: true, signInAtCloudflare: false });
});

test("whom another request put on the block list stays on it", async () => {
  const { victim } = await locked();
  const form = await openByCommand(world, "security", "/cloudflare", `gateway add item @${victim.name}`);
  await fillIn(world, "security", form, { reason: "Legal hold", "input.listId": blockList().id });
  await eventually("the request", () => rootOf(world, form.id));
  await approve(world, form.id, "secondSecurity");
  expect(await ended(world, form.id)).toBe("done");
  const text = textOf(await openRelease(world, "security", victim.email));
  expect(text).toContain(`Cloudflare sign-in: they were put on the block list since, by request ${form.id}.`);
  expect(text).toContain("Activate the Zoom user");
  expect(text).not.toContain("Take the person off");
});

test("of several devices the one that was deleted since is named, and the others are restored", async () => {
  const victim = addVictim(world);
  const { fleet } = world.company.cloudflare;
  const second = world.company.cloudflare.enrolDevice(victim.accessId, { name: "Second laptop" });
  await lockedOut(world, await lockOut(world, victim));
  const release = await askRelease(world, "security", victim.email);
  fleet.registrations.delete(second.id);
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("done");
  expect(await outcomesOf(world, release)).toMatchObject({ "unrevoke-registrations": "verified" });
  expect(told(release)).toContain("Left as it is: Second laptop is deleted now");
  expect(fleet.countActive(victim.accessId)).toBe(1);
});

test("a half-done release leaves the lockout standing, and a second try finishes it without overwriting what was set in between", async () => {
  const { victim, lockoutId } = await locked();
  const release = await askRelease(world, "security", victim.email);
  const { zoom } = world.company;
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  zoom.addFault({ ...NOT_NOW, method: "PUT", path, times: 1 });
  zoom.addFault({ ...NOT_NOW, method: "PATCH", path: new RegExp(`/users/${victim.zoomId}$`), times: 1 });
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("partly_done");
  expect(await isReleased(lockoutId)).toBe(false);
  userOf(victim).type = 4;
  await eventually("the button", () =>
    JSON.stringify(rootOf(world, release)?.blocks).includes("lockout_retry"),
  );
  const calls = zoom.calls.length;
  await press(world, "security", release, "lockout_retry");
  await eventually("the second try", async () =>
    (await eventsOf(world, release)).some(({ id }) => id === `${release}:again1:run:finished`),
  );
  expect(await ended(world, release)).toBe("done");
  const writes = writesOf(victim, calls);
  expect(writes[0]).toBe("PUT /v2/users/ID/status");
  expect(userOf(victim)).toMatchObject({ status: "active", type: 4 });
  expect(await isReleased(lockoutId)).toBe(true);
  expect(JSON.stringify(rootOf(world, release)?.blocks)).not.toContain("lockout_retry");
});

test("where it cannot be looked whether something was changed, nothing is sent and the lockout stands", async () => {
  const { victim, lockoutId } = await locked();
  const release = await askRelease(world, "security", victim.email);
  const { cloudflare } = world.company;
  const refused = answering(400, { success: false, errors: [{ code: 1001, message: "no" }], messages: [] });
  cloudflare.addFault({ ...refused, method: "GET", path: /\/gateway\/lists\/[^/]+\/items$/ });
  await approve(world, release, "secondSecurity");
  expect(await ended(world, release)).toBe("partly_done");
  cloudflare.clearFaults();
  expect(told(release)).toContain("it could not be checked whether somebody has changed it");
  expect(doorsAt(world, victim)).toMatchObject({ signInAtZoom: true, signInAtCloudflare: false });
  expect(await isReleased(lockoutId)).toBe(false);
});
