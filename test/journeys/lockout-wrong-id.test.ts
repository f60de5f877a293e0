import { afterAll, beforeAll, expect, test } from "vitest";
import { answerIdOnLookUp } from "../../playground/zoom/faults.ts";
import { PEOPLE } from "../../playground/company.ts";
import { hold } from "./world/hold.ts";
import {
  addVictim,
  ALL_CLOSED,
  doorsAt,
  lockedOut,
  lockOut,
  openLockout,
  type Victim,
} from "./world/locking-out.ts";
import { eventsOf, eventually, rootOf, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

/** What Zoom was asked about someone since, in order. */
function callsAbout(victim: Victim, since: number): string[] {
  return world.company.zoom.calls
    .slice(since)
    .map(({ request: { method, path } }) => `${method} ${decodeURIComponent(path)}`)
    .filter((call) => call.includes(victim.zoomId) || call.includes(victim.email));
}

/** Who hosts a meeting now is deactivated beside the end of it, and not sooner. */
function endMeetings({ zoomId }: Victim): void {
  const { meetings } = world.company.zoom;
  for (const meeting of meetings.filter(({ hostId }) => hostId === zoomId))
    meetings.splice(meetings.indexOf(meeting), 1);
}

test("what the form has looked up is not looked up again: the id is proven beside the first command", async () => {
  const { zoom } = world.company;
  const victim = addVictim(world);
  endMeetings(victim);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const before = zoom.calls.length;
  const proof = hold(zoom, { method: "GET", path: new RegExp(`/v2/users/${victim.zoomId}$`) });
  const pressed = world.company.slack.as(PEOPLE.security.id).submit(view.id);
  await proof.reached;
  await eventually("the deactivation, before the id is proven", () => !doorsAt(world, victim).signInAtZoom);
  // What cannot be taken back waits for the proof.
  expect(doorsAt(world, victim).sessionsAtZoom).toBe(true);
  proof.answer();
  await pressed;
  const { state } = await lockedOut(world, view.id);
  expect(state).toBe("done");
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(callsAbout(victim, before).filter((call) => call.endsWith(`/v2/users/${victim.email}`))).toEqual([]);
});

test("an id that turns out to be another person's beside the first command is given back, and nothing more is sent", async () => {
  const { zoom } = world.company;
  const victim = addVictim(world);
  const user = zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  endMeetings(victim);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const before = zoom.calls.length;
  const proof = hold(zoom, { method: "GET", path: new RegExp(`/v2/users/${victim.zoomId}$`) });
  const pressed = world.company.slack.as(PEOPLE.security.id).submit(view.id);
  await proof.reached;
  await eventually("the deactivation", () => user.status === "inactive");
  user.email = "owner@northwind.example";
  proof.answer();
  await pressed;
  const { sentence } = await lockedOut(world, view.id);
  expect(sentence).toMatch(
    /^NOT locked at Zoom\. STOPPED: this Zoom id now belongs to owner@northwind\.example.*Undone: Activate the Zoom user, Give the Zoom licence back/,
  );
  expect(user).toMatchObject({ status: "active", type: 2 });
  expect(doorsAt(world, victim)).toMatchObject({ sessionsAtZoom: true, sessionsAtCloudflare: false });
  const writes = callsAbout(victim, before).filter((call) => !call.startsWith("GET"));
  expect(writes.filter((call) => !call.endsWith("/status") && !call.startsWith("PATCH"))).toEqual([]);
  const first = (await eventsOf(world, view.id)).find(({ type }) => type === "lockout.judged");
  expect(String(first?.data["sentence"])).toContain("STOPPED");
});

test("a live meeting is listed before the deactivation, which may take what it needs to be ended", async () => {
  const { zoom } = world.company;
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const before = zoom.calls.length;
  const proof = hold(zoom, { method: "GET", path: new RegExp(`/v2/users/${victim.zoomId}$`) });
  const pressed = world.company.slack.as(PEOPLE.security.id).submit(view.id);
  await proof.reached;
  await eventually("the list of meetings", () =>
    callsAbout(victim, before).some((call) => call.endsWith("/meetings")),
  );
  expect(doorsAt(world, victim).signInAtZoom).toBe(true);
  proof.answer();
  await pressed;
  expect(await lockedOut(world, view.id)).toMatchObject({ state: "done" });
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});

test("a look-up by e-mail that names another person's id changes nothing of theirs, and stops only Zoom's half", async () => {
  const { zoom } = world.company;
  const [victim, other] = [addVictim(world), addVictim(world)];
  zoom.addFault({ ...answerIdOnLookUp(other.zoomId), times: 100 });
  const before = zoom.calls.length;
  const form = await openLockout(world, "security", `@${victim.name}`);
  expect(JSON.stringify(form.content.blocks)).toContain(
    `Zoom's answer for ${victim.email} names the account of ${other.email}.`,
  );
  const requestId = await lockOut(world, victim);
  const { sentence } = await lockedOut(world, requestId);
  expect(sentence).toContain("STOPPED: this Zoom id now belongs to");
  expect(rootOf(world, requestId)?.text).toContain("STOPPED");
  const writes = zoom.calls.slice(before).filter(({ request: { method } }) => method !== "GET");
  expect(writes.filter(({ request: { path } }) => path.includes("/users/"))).toEqual([]);
  expect(doorsAt(world, other)).toMatchObject({ signInAtZoom: true, sessionsAtZoom: true, meetings: true });
  expect(doorsAt(world, victim)).toMatchObject({ sessionsAtCloudflare: false });
});
