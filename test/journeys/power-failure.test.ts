import { afterAll, beforeAll, expect, test } from "vitest";
import type { Call } from "../../playground/simulator.ts";
import { addLeaver, approveFully, askFor, type Leaver, type OffboardAction } from "./world/leaver.ts";
import { readStory, type Story } from "./world/oracle.ts";
import {
  ended,
  eventsOf,
  eventually,
  startWorld,
  storedRequest,
  type World,
  storyTold,
} from "./world/world.ts";
import { cases } from "../depth.ts";

/** Rounds of random moments. */
const ROUNDS = cases(4, 100);
const SEED = Number(process.env["POWER_FAILURE_SEED"] ?? 20_261_123);
/** Long enough that a random moment falls inside a step. */
const LATENCY_MILLISECONDS = 100;
/** About as long as a run and most of its story take with that latency. */
const RUN_MILLISECONDS = 1_000;

let latency = 0;
let world: World;
beforeAll(async () => {
  world = await startWorld({ latency: () => latency, environment: { READ_BACK_SECONDS: "1" } });
});
afterAll(async () => {
  await world.close();
});

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ends the app as a power failure would as soon as a vendor meets such a call; resolves when it is dead. */
function killAt(matches: (call: Call) => boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const vendors = [world.company.slack, world.company.zoom, world.company.cloudflare];
  const onCall = (call: Call) => {
    if (!matches(call)) return;
    for (const vendor of vendors) vendor.events.off("call", onCall);
    world.app().kill().then(resolve, reject);
  };
  for (const vendor of vendors) vendor.events.on("call", onCall);
  return promise;
}

/** Slack's clicks are acknowledged before they are weighed: this waits until the last one has counted. */
async function approved(requestId: string, action: OffboardAction): Promise<void> {
  await approveFully(world, requestId, action);
  await eventually("the approval", async () => (await storedRequest(world, requestId))?.state !== "pending");
}

/** The request came to its end: all five steps once, nothing told twice, and everything true. */
async function expectWhole(when: string, requestId: string, leaver: Leaver): Promise<Story> {
  try {
    expect(await ended(world, requestId)).toBe("done");
    const story = await readStory(world, requestId, leaver);
    const finished = (await eventsOf(world, requestId)).filter(({ type }) => type === "step.finished");
    expect(finished).toHaveLength(5);
    expect(new Set(finished.map(({ data }) => data["stepId"])).size).toBe(5);
    return story;
  } catch (error) {
    throw new Error(`After a power failure ${when}`, { cause: error });
  }
}

function zoomCall(leaver: Leaver, method: string, suffix = "") {
  return ({ request }: Call) =>
    request.method === method && request.path === `/v2/users/${leaver.zoomId}${suffix}`;
}

test(`a power failure at any moment loses no step and tells nothing twice (seed ${SEED})`, async () => {
  latency = LATENCY_MILLISECONDS;
  const random = randomFrom(SEED);
  for (let round = 0; round < ROUNDS; round += 1) {
    const moment = Math.round(random() * RUN_MILLISECONDS);
    const action: OffboardAction = random() < 0.5 ? "deactivate" : "delete";
    const leaver = addLeaver(world);
    const requestId = await askFor(world, leaver, action);
    await approved(requestId, action);
    await new Promise((resolve) => setTimeout(resolve, moment));
    await world.app().kill();
    const state = (await storedRequest(world, requestId))?.state;
    const when = `in round ${round}, ${moment} ms after the approval (${action}, ${state}), seed ${SEED}`;
    process.stdout.write(`power failure ${when}\n`);
    await world.restart();
    await expectWhole(when, requestId, leaver);
  }
  latency = 0;
}, 600_000);

type Moment = [name: string, action: OffboardAction, matches: (call: Call, leaver: Leaver) => boolean];
/** The n-th message since the approval: its decision, then the steps. */
const message = (count: number) => {
  let seen = 0;
  return ({ request }: Call) => request.path === "/api/chat.postMessage" && ++seen === count;
};
const moments: Moment[] = [
  ["the deactivation arrives", "deactivate", (call, leaver) => zoomCall(leaver, "PUT", "/status")(call)],
  [
    "the token's revocation arrives",
    "deactivate",
    (call, leaver) => zoomCall(leaver, "DELETE", "/token")(call),
  ],
  [
    "the account's revocation arrives",
    "deactivate",
    ({ request }) => /accounts\/.*revoke/.test(request.path),
  ],
  ["the zone's revocation arrives", "deactivate", ({ request }) => /zones\/.*revoke/.test(request.path)],
  ["the sessions are read back", "deactivate", ({ request }) => request.path.endsWith("/active_sessions")],
  ["the first message arrives", "deactivate", message(1)],
  ["the fourth message arrives", "deactivate", message(4)],
  ["the request's message is updated", "deactivate", ({ request }) => request.path === "/api/chat.update"],
];
test.each(moments)("a power failure just when %s leaves the request whole", async (name, action, matches) => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver, action);
  // The messages to those who may approve are sent by then.
  await storyTold(world, requestId);
  const dead = killAt((call) => matches(call, leaver));
  await approveFully(world, requestId, action);
  await dead;
  await world.restart();
  await expectWhole(`when ${name}`, requestId, leaver);
});

test("a deletion that took hold unanswered is read back and not sent again", async () => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver, "delete");
  const dead = killAt(zoomCall(leaver, "DELETE"));
  await approveFully(world, requestId, "delete");
  await dead;
  await world.restart();
  const story = await expectWhole("when the deletion arrives", requestId, leaver);
  expect(story.steps["delete"]?.sentence).toContain("sent before a restart");
  expect(world.company.zoom.calls.filter(zoomCall(leaver, "DELETE"))).toHaveLength(1);
});

test("a deletion that never took hold is sent after the restart", async () => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver, "delete");
  const path = new RegExp(`^/v2/users/${leaver.zoomId}$`);
  world.company.zoom.addFault({ kind: "hang", method: "DELETE", path, times: 1 });
  const dead = killAt(zoomCall(leaver, "DELETE"));
  await approveFully(world, requestId, "delete");
  await dead;
  await world.restart();
  const story = await expectWhole("before the deletion took hold", requestId, leaver);
  expect(story.outcomes["delete"]).toBe("verified");
  expect(world.company.zoom.deletedUsers.map(({ user }) => user.id)).toContain(leaver.zoomId);
});

test("an approval that was written down runs with the next start, whatever came in between", async () => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver);
  await approved(requestId, "deactivate");
  await world.app().kill();
  await world.restart();
  await expectWhole("right after the approval", requestId, leaver);
});
