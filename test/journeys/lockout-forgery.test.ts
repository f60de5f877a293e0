import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import type { JsonObject, RawRequest } from "../../playground/slack/state.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { askFor } from "./world/leaver.ts";
import {
  addVictim,
  ALL_CLOSED,
  doorsAt,
  lockedOut,
  lockOut,
  openLockout,
  press,
} from "./world/locking-out.ts";
import { openRelease } from "./world/releasing.ts";
import { requestCount, withheld } from "./world/refused.ts";
import { approve, ended, eventsOf, eventually, rootOf, startWorld, type World } from "./world/world.ts";

let world: World;
let lockoutId: string;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("lockout-forgery") } });
  lockoutId = await lockOut(world, addVictim(world));
  await lockedOut(world, lockoutId);
});
afterAll(async () => {
  await world.close();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);

/** Locks someone out through the window for more people, whose memory was changed on the way. */
async function lockOutWith(memory: unknown) {
  const victim = addVictim(world);
  const known = new Set(world.company.slack.views.keys());
  await press(world, "security", lockoutId, "lockout_more");
  const view = await newViewOf(world, "security", known);
  const content = view.content as unknown as { private_metadata: string };
  content.private_metadata = typeof memory === "string" ? memory : JSON.stringify(memory);
  await sasha().submit(view.id, { people: [victim.slackId] });
  return { victim, view };
}

/** The lockout went through, and is in a message of its own. */
async function expectOwnThread({ victim, view }: Awaited<ReturnType<typeof lockOutWith>>): Promise<void> {
  await eventually("its message", () => rootOf(world, view.id));
  expect((await lockedOut(world, view.id)).sentence).toMatch(/^Locked\./);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(rootOf(world, view.id)?.threadTs).toBeUndefined();
}

test("a thread of a request that is no lockout is not written to, and the lockout is told in its own", async () => {
  const offboarding = await askFor(world, addVictim(world));
  const before = (await eventsOf(world, offboarding)).length;
  await expectOwnThread(await lockOutWith({ threadOf: offboarding }));
  const ts = rootOf(world, offboarding)?.ts;
  expect(world.company.slack.messages.filter(({ threadTs }) => threadTs === ts && ts !== undefined)).toEqual(
    [],
  );
  expect(await eventsOf(world, offboarding)).toHaveLength(before);
});

test("a thread of a lockout that is told in another channel is not written to", async () => {
  const elsewhere = await lockOut(world, addVictim(world));
  await lockedOut(world, elsewhere);
  await world.database.query("update deadbolt.request set channel = 'C0ELSEWHERE' where id = $1", [
    elsewhere,
  ]);
  await expectOwnThread(await lockOutWith({ threadOf: elsewhere }));
});

test("a thread of a request that does not exist keeps nobody from being locked out", async () => {
  await expectOwnThread(await lockOutWith({ threadOf: "V0NOSUCHREQUEST" }));
});

test("a memory that is not ours is read as none: the window then names nobody, and nothing is done", async () => {
  for (const memory of [{ threadOf: { id: lockoutId } }, "not json", "null", "[]"]) {
    const before = await requestCount(world);
    const { victim } = await lockOutWith(memory);
    expect(await requestCount(world)).toBe(before);
    expect(doorsAt(world, victim).signInAtZoom).toBe(true);
  }
});

test("whoever may not lock out is refused, whatever thread the window remembers", async () => {
  const victim = addVictim(world);
  const known = new Set(world.company.slack.views.keys());
  await press(world, "security", lockoutId, "lockout_more");
  const view = await newViewOf(world, "security", known);
  const request = await withheld(world, () => sasha().submit(view.id, { people: [victim.slackId] }));
  const before = await requestCount(world);
  const { body } = await world.company.slack.deliver(
    as(request, (payload) => {
      (payload["user"] as JsonObject)["id"] = PEOPLE.requester.id;
    }),
  );
  expect(body).toContain("deadbolt:lockout");
  expect(await requestCount(world)).toBe(before);
  expect(doorsAt(world, victim).signInAtZoom).toBe(true);
});

/** The same signed delivery with a trigger of its own, and what was changed in it. */
function as({ body }: RawRequest, change: (payload: JsonObject) => void = () => undefined): RawRequest {
  const payload = JSON.parse(new URLSearchParams(body).get("payload") ?? "") as JsonObject;
  payload["trigger_id"] = `again.${Math.random()}`;
  change(payload);
  return world.company.slack.signedRequest({ body: { payload: JSON.stringify(payload) } });
}

test("the button that locks out, pressed five times at once, is one lockout", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const request = await withheld(world, () => sasha().submit(view.id));
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => world.company.slack.deliver(as(request))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  await eventually("its message", () => rootOf(world, view.id));
  await lockedOut(world, view.id);
  const events = await eventsOf(world, view.id);
  for (const type of ["request.created", "run.started", "power.suspended"])
    expect(events.filter((event) => event.type === type)).toHaveLength(1);
  const writes = world.company.zoom.calls.filter(
    ({ request: { method, path } }) => method === "PUT" && path === `/v2/users/${victim.zoomId}/status`,
  );
  expect(writes).toHaveLength(1);
});

test("the button that asks for a release, pressed five times at once, is one release, and so is its approval", async () => {
  const victim = addVictim(world, { type: 2 });
  await lockedOut(world, await lockOut(world, victim));
  const view = await openRelease(world, "security", victim.email);
  const request = await withheld(world, () => sasha().submit(view.id, { reason: "False alarm" }));
  await Promise.all(Array.from({ length: 5 }, () => world.company.slack.deliver(as(request))));
  await eventually("its message", () => rootOf(world, view.id));
  await Promise.allSettled([
    approve(world, view.id, "secondSecurity"),
    approve(world, view.id, "secondSecurity"),
  ]);
  expect(await ended(world, view.id)).toBe("done");
  const events = await eventsOf(world, view.id);
  for (const type of ["request.created", "decision.made", "run.started", "run.finished"])
    expect(events.filter((event) => event.type === type)).toHaveLength(1);
});

test("a hand-over that is sent five times at once is told once", async () => {
  const known = new Set(world.company.slack.views.keys());
  await press(world, "security", lockoutId, "lockout_hand_over");
  const view = await newViewOf(world, "security", known);
  const request = await withheld(world, () =>
    sasha().submit(view.id, { to: PEOPLE.secondSecurity.id, note: "Call me." }),
  );
  await Promise.all(Array.from({ length: 5 }, () => world.company.slack.deliver(as(request))));
  await eventually("the hand-over", async () =>
    (await eventsOf(world, lockoutId)).some(({ type }) => type === "lockout.handed_over"),
  );
  const events = await eventsOf(world, lockoutId);
  expect(events.filter(({ type }) => type === "lockout.handed_over")).toHaveLength(1);
});
