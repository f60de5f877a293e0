import { afterAll, beforeAll, expect, test } from "vitest";
import type { Call } from "../../playground/simulator.ts";
import { PEOPLE } from "../../playground/company.ts";
import { MOMENTS, watchMoments, type KillMoments, type Moment, type Seen } from "./world/kill-moments.ts";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, openLockout, type Victim } from "./world/locking-out.ts";
import { eventsOf, messageIdsOf, startWorld, storedRequest, threadOf, type World } from "./world/world.ts";
import { TRIES_ALL } from "../depth.ts";

/** Every step of a full lockout of an administrator, and how its call is told from the others about this person. */
const STEPS: Readonly<Record<string, (call: Call, victim: Victim) => boolean>> = {
  snapshot: at("GET", ({ zoomId, email }) => `/v2/users/(${zoomId}|${encodeURIComponent(email)}|${email})$`),
  "snapshot-features": at("GET", () => "/v2/users/[^/]+/settings$"),
  "snapshot-block": at("GET", () => "/gateway/lists/[^/]+/items"),
  "remove-role": at("DELETE", ({ zoomId }) => `/members/${zoomId}$`),
  deactivate: at("PUT", ({ zoomId }) => `/v2/users/${zoomId}/status$`),
  "revoke-sso-token": at("DELETE", ({ zoomId }) => `/v2/users/${zoomId}/token$`),
  "end-meetings": at("PUT", ({ meetingId }) => `/v2/meetings/${meetingId}/status$`),
  "reset-password": at("PUT", ({ zoomId }) => `/v2/users/${zoomId}/password$`),
  block: at("PATCH", () => "/gateway/lists/"),
  "revoke-cloudflare-account": at("POST", () => "/accounts/.*/revoke_user$"),
  "revoke-cloudflare-zone": at("POST", () => "/zones/.*/revoke_user$"),
  "revoke-registrations": at("POST", () => "/registrations/revoke$"),
  "check-sessions": at("GET", ({ accessId }) => `/access/users/${accessId}/active_sessions$`),
  "check-devices": at("GET", () => "/devices/registrations$", 2),
  "revoke-again-account": at("POST", () => "/accounts/.*/revoke_user$", 2),
  "revoke-again-zone": at("POST", () => "/zones/.*/revoke_user$", 2),
  "reset-slack-sessions": at("POST", () => "/api/admin\\.users\\.session\\.reset$"),
  "check-sign-ins": at("GET", ({ accessId }) => `/access/users/${accessId}/last_seen_identity$|/access/logs`),
};

/** A call of this method and path; the second one of two. */
function at(method: string, path: (victim: Victim) => string, count = 1) {
  let victimOfBefore: Victim | undefined;
  let seen = 0;
  return ({ request }: Call, victim: Victim): boolean => {
    if (victim !== victimOfBefore) seen = 0;
    victimOfBefore = victim;
    if (request.method !== method || !new RegExp(path(victim)).test(request.path)) return false;
    seen += 1;
    return seen === count;
  };
}

let world: World;
let moments: KillMoments;
beforeAll(async () => {
  world = await startWorld({
    slackAdministration: true,
    latency: () => 15,
    environment: { READ_BACK_SECONDS: "1", LOG_LEVEL: "warn" },
  });
  world.company.zoom.roles.set("RHELP", { name: "Help desk", description: "Looks after people." });
  moments = await watchMoments(world);
});
afterAll(async () => {
  await moments.close();
  await world.close();
});

/** Looks before anything is written down are none of the run's steps. */
const MOMENTS_OF = (stepId: string): readonly Moment[] =>
  stepId.startsWith("snapshot") ? ["call", "step.finished"] : MOMENTS;

interface Struck {
  name: string;
  victim: Victim;
  requestId: string;
}

/** Locks someone new out, and ends the app at that moment of that step. */
async function strike(stepId: string, moment: Moment): Promise<Struck> {
  const name = `${stepId}, ${moment}`;
  const victim = addVictim(world, { login_types: [100, 101], role_id: "RHELP" });
  world.company.slack.signIn(victim.slackId);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const isIt = (seen: Seen) =>
    "call" in seen
      ? moment === "call" && STEPS[stepId]?.(seen.call, victim) === true
      : seen.requestId === view.id &&
        seen.type === moment &&
        // One step for each zone.
        (seen.stepId === stepId || (stepId.endsWith("-zone") && seen.stepId?.startsWith(stepId) === true));
  const dead = moments.killAt(isIt, 10_000);
  // The answer is lost with the app.
  void world.company.slack
    .as(PEOPLE.security.id)
    .submit(view.id)
    .catch(() => undefined);
  expect({ name, came: await dead }).toEqual({ name, came: true });
  await world.restart();
  return { name, victim, requestId: view.id };
}

/** Locked in the end, every step told once from first to last, and no message twice; or nothing at all was begun. */
async function expectWhole({ name, victim, requestId }: Struck): Promise<"locked" | "not begun"> {
  try {
    if ((await storedRequest(world, requestId)) === undefined) {
      expect(Object.values(doorsAt(world, victim))).not.toContain(false);
      expect(threadOf(world, requestId)).toEqual([]);
      return "not begun";
    }
    const { state, sentence } = await lockedOut(world, requestId);
    expect({ state, sentence, doors: doorsAt(world, victim) }).toEqual({
      state: "done",
      sentence: expect.stringMatching(/^Locked\. Proven closed: Zoom sign-in/),
      doors: ALL_CLOSED,
    });
    expect(world.company.slack.liveSessions(victim.slackId)).toEqual([]);
    const finished = (await eventsOf(world, requestId)).filter(({ type }) => type === "step.finished");
    const stepIds = finished.map(({ data }) => String(data["stepId"]).replace(/-zone-.*/, "-zone"));
    expect(stepIds.toSorted()).toEqual(Object.keys(STEPS).toSorted());
    const [timeline = ""] = threadOf(world, requestId);
    expect(timeline.match(/ sent: Revoke /g)?.length).toBeGreaterThanOrEqual(4);
    const ids = messageIdsOf(world, requestId);
    expect(ids).toEqual([...new Set(ids)]);
    return "locked";
  } catch (error) {
    throw new Error(`After a power failure at ${name} (${requestId})`, { cause: error });
  }
}

test("a power failure at every moment of every step ends locked, told whole and told once", async () => {
  const struck: Struck[] = [];
  for (const [index, stepId] of Object.keys(STEPS).entries()) {
    const moments = MOMENTS_OF(stepId);
    // Every moment of every step takes minutes: a sample has one moment of every other step, in turns.
    const turn = index % moments.length;
    const chosen = TRIES_ALL ? moments : index % 2 === 0 ? moments.slice(turn, turn + 1) : [];
    for (const moment of chosen) struck.push(await strike(stepId, moment));
  }
  const ends = new Map<string, string>();
  for (const one of struck) ends.set(one.name, await expectWhole(one));
  const begun = [...ends].filter(([, end]) => end === "locked");
  process.stdout.write(
    `${ends.size} power failures, ${begun.length} of them in a lockout that was written down\n`,
  );
  expect(begun.length).toBeGreaterThanOrEqual(struck.length - 3);
}, 300_000);
