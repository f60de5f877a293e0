import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
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
import {
  approve,
  ended,
  eventsOf,
  eventually,
  messageIdsOf,
  noticeAfter,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("lockout") } });
});
afterAll(async () => {
  await world.close();
});

function textOf(view: { content: { blocks: unknown } } | undefined): string {
  return JSON.stringify(view?.content.blocks ?? []);
}

test("one press closes every door, and the thread proves it to the tenth of a second", async () => {
  const victim = addVictim(world, { login_types: [100, 101] });
  const requestId = await lockOut(world, victim);
  const { state, sentence } = await lockedOut(world, requestId);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(sentence).toMatch(/^Locked\. Proven closed: Zoom sign-in/);
  expect(state).toBe("done");
  const [timeline = "", ...others] = threadOf(world, requestId);
  expect(timeline).toMatch(/`\d\d:\d\d:\d\d\.\d` \+\d+\.\d s sent: Deactivate the Zoom user/);
  expect(timeline).toMatch(/answered: Revoke the Zoom SSO token/);
  expect(timeline).toMatch(/proven: Put the person on Cloudflare's block list/);
  expect(others.filter((text) => text.includes("*Locked. Proven closed"))).toHaveLength(1);
  const ids = messageIdsOf(world, requestId);
  expect(ids).toEqual([...new Set(ids)]);
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).toContain("Zoom sign-in: closed after");
});

test("the form shows what will happen and whether it will hold, and can be sent before that", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  expect(textOf(view)).toContain("It will hold");
  expect(textOf(view)).toContain("1 live Zoom meeting.");
  expect(textOf(view)).toContain("It starts at once");
  const sasha = world.company.slack.as(PEOPLE.security.id);
  await sasha.change(view.id, "preset", "sessions");
  const milder = await eventually("the milder preview", () => {
    const now = world.company.slack.views.get(view.id);
    return textOf(now).includes("they can get back in") ? now : undefined;
  });
  expect(textOf(milder)).not.toContain("Deactivate the Zoom user");
  await sasha.submit(view.id);
  const { sentence, state } = await lockedOut(world, view.id);
  expect(sentence).toMatch(/^Locked, but only for the moment, because the Zoom user stays active/);
  expect(state).toBe("done");
  expect(doorsAt(world, victim)).toEqual({
    ...ALL_CLOSED,
    signInAtZoom: true,
    signInAtCloudflare: true,
    devices: true,
  });
});

test("a release shows what it gives back, waits for somebody else, and gives it back", async () => {
  const victim = addVictim(world, { type: 2 });
  const { zoom } = world.company;
  const user = zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("no user");
  zoom.roles.set("RHELP", { name: "Help desk", description: "Looks after people." });
  user.role_id = "RHELP";
  user.role_name = "Help desk";
  const requestId = await lockOut(world, victim);
  expect(await lockedOut(world, requestId)).toMatchObject({ state: "done" });
  expect(user).toMatchObject({ status: "inactive", type: 1, role_id: "2" });

  const sasha = world.company.slack.as(PEOPLE.security.id);
  const known = new Set(world.company.slack.views.keys());
  await sasha.command("/lockout", `release ${victim.email}`);
  const opened = await newViewOf(world, "security", known);
  const view = await eventually("what is given back", () => {
    const now = world.company.slack.views.get(opened.id);
    return textOf(now).includes("What is given back") ? now : undefined;
  });
  const text = textOf(view);
  expect(text).toContain("Activate the Zoom user");
  expect(text).toContain("Give the Zoom licence back");
  expect(text).toContain("Give the Zoom role “Help desk” back");
  expect(text).toContain("Take the person off Cloudflare's block list");
  expect(text).toContain("Restore 1 WARP registration");
  expect(text).toContain("Zoom sessions: they sign in again.");
  await sasha.submit(opened.id, { reason: "It was a false alarm" });
  await eventually("the release's message", () => rootOf(world, opened.id));
  expect((await storedRequest(world, opened.id))?.state).toBe("pending");
  // The requester does not approve it.
  await noticeAfter(world, "security", () => approve(world, opened.id, "security"));
  expect((await storedRequest(world, opened.id))?.state).toBe("pending");
  await approve(world, opened.id, "secondSecurity");
  expect(await ended(world, opened.id)).toBe("done");
  expect(user).toMatchObject({ status: "active", type: 2, role_id: "RHELP" });
  expect(doorsAt(world, victim)).toMatchObject({
    signInAtZoom: true,
    signInAtCloudflare: true,
    devices: true,
    sessionsAtCloudflare: false,
  });
  const events = await eventsOf(world, requestId);
  expect(events.map(({ type }) => type)).toContain("lockout.released");
  expect(events.map(({ type }) => type)).toContain("power.restored");
  const again = await openRelease(world, "security", victim.email);
  expect(textOf(again)).toContain("This person has no lockout in force. Nothing was changed.");
});

test("what failed is tried again, by itself, in the same thread", async () => {
  const victim = addVictim(world);
  const path = new RegExp(`^/v2/users/${victim.zoomId}/token$`);
  world.company.zoom.addFault({
    kind: "answer",
    answer: { status: 400, body: { code: 300, message: "Not now." } },
    method: "DELETE",
    path,
    times: 1,
  });
  const requestId = await lockOut(world, victim);
  const first = await lockedOut(world, requestId);
  expect(first).toMatchObject({ state: "partly_done", sentence: "NOT locked. Open: Zoom sessions." });
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).toContain("By hand: Sign the user out");
  const before = world.company.zoom.calls.length;
  await Promise.all([
    press(world, "security", requestId, "lockout_retry"),
    press(world, "secondSecurity", requestId, "lockout_retry"),
  ]);
  await eventually("the second try", async () =>
    (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
  );
  expect(await lockedOut(world, requestId)).toMatchObject({ state: "done" });
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  const writes = world.company.zoom.calls
    .slice(before)
    .filter(({ request }) => request.method !== "GET" && request.path.includes(victim.zoomId));
  expect(writes.map(({ request }) => `${request.method} ${request.path}`)).toEqual([
    `DELETE /v2/users/${victim.zoomId}/token`,
  ]);
  const ids = messageIdsOf(world, requestId);
  expect(ids).toEqual([...new Set(ids)]);
});

test("others are locked out from the same thread, each a request of their own", async () => {
  const victim = addVictim(world);
  const others = [addVictim(world), addVictim(world)];
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  const known = new Set(world.company.slack.views.keys());
  await press(world, "security", requestId, "lockout_more");
  const view = await newViewOf(world, "security", known);
  await world.company.slack
    .as(PEOPLE.security.id)
    .submit(view.id, { people: others.map(({ slackId }) => slackId) });
  for (const [index, other] of others.entries()) {
    const id = index === 0 ? view.id : `${view.id}-${index}`;
    await eventually("the other's message", () => rootOf(world, id));
    expect(await lockedOut(world, id)).toMatchObject({ state: "done" });
    expect(doorsAt(world, other)).toEqual(ALL_CLOSED);
    expect(rootOf(world, id)?.threadTs).toBe(rootOf(world, requestId)?.ts);
  }
});

test("a lockout is handed over with a note, and only to somebody who could have asked for it", async () => {
  const victim = addVictim(world);
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  const sasha = world.company.slack.as(PEOPLE.security.id);
  const handOver = async (to: string) => {
    const known = new Set(world.company.slack.views.keys());
    await press(world, "security", requestId, "lockout_hand_over");
    const view = await newViewOf(world, "security", known);
    return sasha.submit(view.id, { to, note: "The laptop is still missing." });
  };
  await handOver(PEOPLE.requester.id);
  expect((await eventsOf(world, requestId)).some(({ type }) => type === "lockout.handed_over")).toBe(false);
  await handOver(PEOPLE.secondSecurity.id);
  await eventually("the hand-over in the thread", () =>
    threadOf(world, requestId).some((text) => text.includes("The laptop is still missing.")),
  );
  await eventually("the note to the one who takes over", () =>
    world.company.slack.messages.some(
      ({ text, channel }) =>
        text.includes("The laptop is still missing.") &&
        world.company.slack.channels.get(channel)?.members.has(PEOPLE.secondSecurity.id) === true &&
        world.company.slack.channels.get(channel)?.kind === "im",
    ),
  );
});

test("the post-incident summary is a Markdown block and a file in the thread", async () => {
  const victim = addVictim(world);
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  await press(world, "security", requestId, "lockout_summary");
  const root = rootOf(world, requestId);
  const block = await eventually("the summary", () =>
    world.company.slack.messages
      .filter(({ threadTs }) => threadTs === root?.ts)
      .flatMap(({ blocks }) => blocks as { type: string; text: string }[])
      .find(({ type }) => type === "markdown"),
  );
  expect(block.text).toContain(`(${victim.email})`);
  expect(block.text).toMatch(/\| Zoom sign-in \| closed, proven \| \d+\.\d s \|/);
  expect(block.text).toContain("## Timeline (UTC)");
  await eventually("the file", () =>
    [...world.company.slack.files.values()].find(({ name }) => name.startsWith(`lockout-${victim.name}-`)),
  );
});

test("whoever may not lock out is refused at every door, and nothing is sent", async () => {
  const victim = addVictim(world);
  const refusal = await noticeAfter(world, "requester", () =>
    world.company.slack.as(PEOPLE.requester.id).command("/lockout", `@${victim.name}`),
  );
  expect(refusal).toContain("deadbolt:lockout");
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  for (const button of ["lockout_more", "lockout_hand_over", "lockout_summary", "lockout_release"]) {
    const told = await noticeAfter(world, "requester", () => press(world, "requester", requestId, button));
    expect(told).toContain("deadbolt:lockout");
  }
});

test("the last administrator is locked out only by an explicit word", async () => {
  const { zoom } = world.company;
  const victim = addVictim(world);
  const user = zoom.users.get(victim.zoomId);
  const owner = zoom.owner;
  if (user === undefined) throw new Error("no user");
  user.role_id = "1";
  user.role_name = "Admin";
  const ownersRole = owner.role_id;
  owner.role_id = "2";
  const view = await openLockout(world, "security", `@${victim.name}`);
  expect(textOf(view)).toContain("LAST ADMINISTRATOR");
  const sasha = world.company.slack.as(PEOPLE.security.id);
  await sasha.submit(view.id);
  expect(await storedRequest(world, view.id)).toBeUndefined();
  await sasha.submit(view.id, { last_administrator: "last administrator" });
  expect(await lockedOut(world, view.id)).toMatchObject({ state: "done" });
  expect(user).toMatchObject({ role_id: "2", status: "inactive" });
  owner.role_id = ownersRole;
});

test("a protected person needs two others", async () => {
  const view = await openLockout(world, "security", `@${PEOPLE.executive.name}`);
  expect(textOf(view)).toContain("It waits for approval");
  await world.company.slack.as(PEOPLE.security.id).submit(view.id);
  await eventually("the message", () => rootOf(world, view.id));
  expect((await storedRequest(world, view.id))?.state).toBe("pending");
});

test("a message that an app wrote with somebody's token opens the form for that person, an app's own opens none", async () => {
  const { slack } = world.company;
  const victim = addVictim(world);
  slack.channels.get("C0OFFBOARD")?.members.add(victim.slackId);
  slack.as(victim.slackId).sayThroughApp("C0OFFBOARD", "Pay this invoice today");
  const stolen = slack.messages.findLast(({ user }) => user === victim.slackId);
  const own = rootOf(world, await lockOut(world, addVictim(world)));
  if (stolen === undefined || own === undefined) throw new Error("no message");
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE.security.id).messageShortcut("lockout_person", stolen);
  const view = await newViewOf(world, "security", known);
  expect(textOf(view)).toContain(victim.slackId);
  const told = await noticeAfter(world, "security", () =>
    slack.as(PEOPLE.security.id).messageShortcut("lockout_person", own),
  );
  expect(told).toContain("This message was written by an app, not by a person. Nothing was done.");
});

test("the shortcut of a message takes whoever wrote it", async () => {
  const { slack } = world.company;
  const victim = addVictim(world);
  slack.channels.get("C0OFFBOARD")?.members.add(victim.slackId);
  slack.as(victim.slackId).say("C0OFFBOARD", "Click this link, it is safe");
  const message = slack.messages.findLast(({ user }) => user === victim.slackId);
  if (message === undefined) throw new Error("no message");
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE.security.id).messageShortcut("lockout_person", message);
  const view = await newViewOf(world, "security", known);
  expect(textOf(view)).toContain(victim.slackId);
});
