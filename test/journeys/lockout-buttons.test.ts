import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { hold } from "./world/hold.ts";
import {
  addVictim,
  ALL_CLOSED,
  doorsAt,
  lockedOut,
  lockOut,
  press,
  type Victim,
} from "./world/locking-out.ts";
import { released } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import {
  eventsOf,
  eventually,
  messageIdsOf,
  noticeAfter,
  rootOf,
  startWorldBy,
  threadOf,
  TRANSPORTS,
  type World,
} from "./world/world.ts";

describe.each(TRANSPORTS)("over %s", (transport) => {
  let world: World;
  let victim: Victim;
  let requestId: string;
  beforeAll(async () => {
    const file = await approvalPolicy(`lockout-buttons-${transport.replace(" ", "-")}`);
    world = await startWorldBy(transport, { environment: { POLICY_FILE: file } });
    victim = addVictim(world);
  });
  afterAll(async () => {
    expect(world.company.slack.mistakes).toEqual([]);
    await world.close();
  });
  const sasha = () => world.company.slack.as(PEOPLE.security.id);

  test("the command and its form lock somebody out, as far as the vendors let it", async () => {
    const path = new RegExp(`^/v2/users/${victim.zoomId}/token$`);
    const fault = answering(400, { code: 300, message: "Not now." });
    world.company.zoom.addFault({ ...fault, method: "DELETE", path, times: 1 });
    requestId = await lockOut(world, victim);
    expect(await lockedOut(world, requestId)).toMatchObject({
      state: "partly_done",
      sentence: "NOT locked. Open: Zoom sessions.",
    });
  });

  test("whoever may not lock out is refused by the command and at every button", async () => {
    const told = await noticeAfter(world, "requester", () =>
      world.company.slack.as(PEOPLE.requester.id).command("/lockout", `@${victim.name}`),
    );
    expect(told).toContain("deadbolt:lockout");
    const before = (await eventsOf(world, requestId)).length;
    for (const name of ["retry", "more", "hand_over", "summary", "release"])
      expect(
        await noticeAfter(world, "requester", () => press(world, "requester", requestId, `lockout_${name}`)),
      ).toContain("deadbolt:lockout");
    expect(await eventsOf(world, requestId)).toHaveLength(before);
  });

  test("/lockout list says who is locked out now, with the thread, how it stands, and a button that releases", async () => {
    const { slack } = world.company;
    const answer = await noticeAfter(world, "security", () => sasha().command("/lockout", "list"));
    const root = rootOf(world, requestId);
    expect(answer).toContain(":lock: *Locked out now: one person*");
    expect(answer).toContain(`(${victim.email}), since <!date^`);
    expect(answer).toContain(`/archives/${root?.channel}/p${root?.ts.replace(".", "")}|open>)`);
    expect(answer).toContain("NOT locked. Open: Zoom sessions.");
    const listed = slack.notices.findLast(({ text }) => text === answer);
    expect(JSON.stringify(listed?.blocks)).toContain(`"value":"${requestId}"`);
    const refused = await noticeAfter(world, "requester", () =>
      slack.as(PEOPLE.requester.id).command("/lockout", "list"),
    );
    expect(refused).toContain("deadbolt:lockout");
    expect(refused).not.toContain(victim.email);
  });

  test("two presses of retry at the same moment are one try, which closes what was open", async () => {
    await Promise.all([
      press(world, "security", requestId, "lockout_retry"),
      press(world, "security", requestId, "lockout_retry"),
    ]);
    await eventually("the second try", async () =>
      (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
    );
    expect(await lockedOut(world, requestId)).toMatchObject({ state: "done" });
    expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
    const events = await eventsOf(world, requestId);
    expect(events.filter(({ type }) => type === "run.retried")).toHaveLength(1);
    expect(events.filter(({ type }) => type === "run.finished")).toHaveLength(2);
  });

  test("others are locked out from the same thread", async () => {
    const other = addVictim(world);
    const known = new Set(world.company.slack.views.keys());
    await press(world, "security", requestId, "lockout_more");
    const view = await newViewOf(world, "security", known);
    await sasha().submit(view.id, { people: [other.slackId] });
    await eventually("the other's message", () => rootOf(world, view.id));
    expect(await lockedOut(world, view.id)).toMatchObject({ state: "done" });
    expect(rootOf(world, view.id)?.threadTs).toBe(rootOf(world, requestId)?.ts);
  });

  test("a window of a hand-over that is sent twice is one hand-over and one note", async () => {
    const known = new Set(world.company.slack.views.keys());
    await press(world, "security", requestId, "lockout_hand_over");
    const view = await newViewOf(world, "security", known);
    const note = { to: PEOPLE.secondSecurity.id, note: "The laptop is still missing." };
    await Promise.allSettled([sasha().submit(view.id, note), sasha().submit(view.id, note)]);
    await eventually("the hand-over in the thread", () =>
      threadOf(world, requestId).some((text) => text.includes("The laptop is still missing.")),
    );
    const events = await eventsOf(world, requestId);
    expect(events.filter(({ type }) => type === "lockout.handed_over")).toHaveLength(1);
  });

  test("the watch window follows a lockout that is at work, and the summary is posted as text and file", async () => {
    const watched = addVictim(world);
    const path = new RegExp(`/users/${watched.zoomId}/status$`);
    const held = hold(world.company.zoom, { method: "PUT", path });
    const id = await lockOut(world, watched);
    await eventually("the button", () => JSON.stringify(rootOf(world, id)?.blocks).includes("lockout_watch"));
    const known = new Set(world.company.slack.views.keys());
    await press(world, "secondSecurity", id, "lockout_watch");
    const view = await newViewOf(world, "secondSecurity", known);
    held.answer();
    await lockedOut(world, id);
    await eventually("the end in the window", () =>
      JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks).includes(
        "Locked. Proven closed",
      ),
    );
    await press(world, "security", id, "lockout_summary");
    await eventually("the file", () =>
      [...world.company.slack.files.values()].find(({ name }) => name.startsWith(`lockout-${watched.name}-`)),
    );
  });

  test("a release is asked for, approved by somebody else, and gives back what was taken", async () => {
    expect((await released(world, victim.email)).state).toBe("done");
    expect(doorsAt(world, victim)).toMatchObject({ signInAtZoom: true, signInAtCloudflare: true });
    const ids = messageIdsOf(world, requestId);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
