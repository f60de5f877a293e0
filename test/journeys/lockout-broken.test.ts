import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { addVictim, doorsAt, lockedOut, lockOut, openLockout, press } from "./world/locking-out.ts";
import { textOf } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import { eventsOf, eventually, startWorld, storedRequest, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    environment: {
      POLICY_FILE: await approvalPolicy("lockout-broken"),
      // Beyond what clocks may differ.
      LOCKOUT_REVOKE_AGAIN_SECONDS: "4",
    },
  });
});
afterAll(async () => {
  await world.close();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);

function administrators(count: number) {
  const { zoom } = world.company;
  return Array.from({ length: count }, () => {
    const victim = addVictim(world);
    const user = zoom.users.get(victim.zoomId);
    if (user !== undefined) user.role_id = "1";
    return victim;
  });
}

test("a meeting that began after they were listed is ended as well", async () => {
  const victim = addVictim(world);
  const { zoom } = world.company;
  const user = zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  const view = await openLockout(world, "security", `@${victim.name}`);
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  zoom.addFault({ kind: "slow", milliseconds: 500, method: "PUT", path, times: 1 });
  let isFirst = true;
  zoom.events.on("call", ({ request }) => {
    if (request.method !== "GET" || request.path !== `/v2/users/${victim.zoomId}/meetings` || !isFirst)
      return;
    isFirst = false;
    zoom.addMeeting(user, { topic: "Another one", live: true });
  });
  await sasha().submit(view.id);
  const { sentence } = await lockedOut(world, view.id);
  expect(isFirst).toBe(false);
  expect(sentence).toMatch(/^Locked\./);
  expect(doorsAt(world, victim).meetings).toBe(false);
});

test("what was left open by choice is named, and is not called locked", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  await sasha().submit(view.id, { parts_full: ["zoom-deactivate"] });
  const { sentence } = await lockedOut(world, view.id);
  expect(sentence).toMatch(
    /^Locked, but only for the moment, because nothing was done, by choice, about Zoom/,
  );
  expect(sentence).toContain("Cloudflare sessions");
});

test("somebody who signs in before a second revocation that fails is seen", async () => {
  const victim = addVictim(world);
  const { cloudflare } = world.company;
  const requestId = await lockOut(world, victim);
  await eventually("the look at the sessions", async () =>
    (await eventsOf(world, requestId)).some(
      ({ type, data }) => type === "step.finished" && data["stepId"] === "check-sessions",
    ),
  );
  const refused = answering(400, { success: false, errors: [{ code: 1001, message: "no" }], messages: [] });
  cloudflare.addFault({ ...refused, method: "POST", path: /revoke_user/ });
  cloudflare.addSession(victim.accessId);
  const { sentence } = await lockedOut(world, requestId);
  cloudflare.clearFaults();
  const isWrong = sentence.startsWith("Locked.") && doorsAt(world, victim).sessionsAtCloudflare;
  expect({ sentence, isWrong }).toEqual({ sentence, isWrong: false });
});

test("two administrators who are locked out at the same moment do not count on each other", async () => {
  const { zoom } = world.company;
  const ownersRole = zoom.owner.role_id;
  zoom.owner.role_id = "2";
  const both = administrators(2);
  const other = addVictim(world);
  const requestId = await lockOut(world, other);
  await lockedOut(world, requestId);
  const known = new Set(world.company.slack.views.keys());
  await press(world, "security", requestId, "lockout_more");
  const view = await newViewOf(world, "security", known);
  await sasha().submit(view.id, { people: both.map(({ slackId }) => slackId) });
  const shown = await eventually("the results", () => {
    const text = textOf(world.company.slack.views.get(view.id));
    return text.includes("The thread is in") ? text : undefined;
  });
  const statuses = () =>
    both
      .map(({ zoomId }) => String(zoom.users.get(zoomId)?.status))
      .toSorted((one, other) => one.localeCompare(other));
  await eventually("the one lockout", () => statuses().includes("inactive"));
  zoom.owner.role_id = ownersRole;
  expect(shown).toContain("last administrator");
  expect(shown).toContain("Lock them out with /lockout");
  expect(statuses()).toEqual(["active", "inactive"]);
});

test("a Zoom that does not say who else administers it holds the answer up two seconds, not thirty", async () => {
  const [victim] = administrators(1);
  if (victim === undefined) throw new Error("There is no administrator.");
  const view = await openLockout(world, "security", `@${victim.name}`);
  world.company.zoom.addFault({ kind: "hang", method: "GET", path: /\/roles\/[^/]+\/members$/ });
  await sasha().submit(view.id);
  await eventually(
    "the question for the word",
    () => textOf(world.company.slack.views.get(view.id)).includes("did not say whether"),
    6_000,
  );
  world.company.zoom.clearFaults();
  expect(await storedRequest(world, view.id)).toBeUndefined();
});

test("a press about somebody else than the form shows does nothing, and shows them", async () => {
  const [shown, typed] = [addVictim(world), addVictim(world)];
  const view = await openLockout(world, "security", shown.email);
  await sasha().submit(view.id, { email: typed.email });
  const text = await eventually("the form about the other one", () => {
    const now = textOf(world.company.slack.views.get(view.id));
    return now.includes("You changed whom") && now.includes(`(${typed.email})`) ? now : undefined;
  });
  expect(text).not.toContain(`(${shown.email})`);
  expect(doorsAt(world, typed).signInAtZoom).toBe(true);
  await sasha().submit(view.id);
  await lockedOut(world, view.id);
  expect([doorsAt(world, shown).signInAtZoom, doorsAt(world, typed).signInAtZoom]).toEqual([true, false]);
});
