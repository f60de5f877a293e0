import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { hold, type HeldCall } from "./world/hold.ts";
import { addLeaver, approveFully, askFor, offboard } from "./world/leaver.ts";
import { addVictim, ALL_CLOSED, doorsAt, lockOut } from "./world/locking-out.ts";
import { readStory } from "./world/oracle.ts";
import {
  ended,
  eventsOf,
  eventually,
  startWorld,
  storedRequest,
  type World,
  type WorldOptions,
} from "./world/world.ts";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function newWorld(options: WorldOptions = {}): Promise<World> {
  const world = await startWorld({
    ...options,
    environment: { READ_BACK_SECONDS: "1", ...options.environment },
  });
  cleanups.push(() => world.close());
  return world;
}

async function textOf(world: World, path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${world.app().url}${path}`);
  return { status: answer.status, text: await answer.text() };
}

function reaches(world: World, leaver: { zoomId: string }): Promise<unknown> {
  return eventually("the deactivation", () =>
    world.company.zoom.calls.find(
      ({ request }) => request.method === "PUT" && request.path.includes(leaver.zoomId),
    ),
  );
}

/** Asks the app to stop, and has a held call answered once it is stopping; resolves to its exit code. */
async function stopBefore(world: World, held: HeldCall): Promise<number | null> {
  const stopped = world.app().stop();
  await eventually("the app to begin its stop", () => world.app().log().includes("stopping"));
  held.answer();
  return stopped;
}

test("asked to stop in the middle of a run, it finishes the run and its story", async () => {
  const world = await newWorld();
  const leaver = addLeaver(world);
  const held = hold(world.company.zoom, { method: "DELETE", path: /token$/ });
  const requestId = await askFor(world, leaver);
  await approveFully(world, requestId, "deactivate");
  await held.reached;
  expect((await storedRequest(world, requestId))?.state).toBe("running");
  expect(await stopBefore(world, held)).toBe(0);
  expect((await storedRequest(world, requestId))?.state).toBe("done");
  await readStory(world, requestId, leaver);
});

test("asked to stop while the first commands of a lockout are on their way, it finishes the lockout", async () => {
  const world = await newWorld({ environment: { LOCKOUT_REVOKE_AGAIN_SECONDS: "0" } });
  const victim = addVictim(world);
  const path = new RegExp(`/users/${victim.zoomId}/status$`);
  const held = hold(world.company.zoom, { method: "PUT", path });
  const requestId = await lockOut(world, victim);
  await held.reached;
  expect((await storedRequest(world, requestId))?.state).toBe("running");
  expect(await stopBefore(world, held)).toBe(0);
  expect((await storedRequest(world, requestId))?.state).toBe("done");
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});

test("a vendor that hangs does not keep it from stopping, and the run resumes at the next start", async () => {
  const world = await newWorld({ environment: { STOP_SECONDS: "1", VENDOR_TIMEOUT_SECONDS: "60" } });
  const leaver = addLeaver(world);
  world.company.zoom.addFault({ kind: "hang", method: "PUT", path: /status$/, times: 1 });
  const requestId = await askFor(world, leaver);
  await approveFully(world, requestId, "deactivate");
  await reaches(world, leaver);
  expect(await world.app().stop()).toBe(0);
  expect((await storedRequest(world, requestId))?.state).toBe("running");
  // Not even the end of the vendor's time was waited for: that would be in the trail.
  const ofStep = (await eventsOf(world, requestId)).filter(({ data }) => data["stepId"] === "deactivate");
  expect(ofStep.map(({ type }) => type)).toEqual(["step.started"]);

  await world.restart();
  expect(await ended(world, requestId)).toBe("done");
  await readStory(world, requestId, leaver);
});

test("asked twice, it stops at once", async () => {
  const world = await newWorld({ environment: { VENDOR_TIMEOUT_SECONDS: "30" } });
  const leaver = addLeaver(world);
  world.company.zoom.addFault({ kind: "hang", method: "PUT", path: /status$/, times: 1 });
  await approveFully(world, await askFor(world, leaver), "deactivate");
  await reaches(world, leaver);
  const stopped = world.app().stop();
  await eventually("the first signal's effect", () => world.log().includes("stopping"));
  world.app().process.kill("SIGTERM");
  expect(await stopped).toBe(1);
});

test("a faulty policy at SIGHUP leaves the last good one in force", async () => {
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-policy-"));
  cleanups.push(() => rm(folder, { recursive: true }));
  const file = join(folder, "policy.yml");
  await copyFile("playground/policy.yml", file);
  const world = await newWorld({ environment: { POLICY_FILE: file } });

  const reload = async (said: string) => {
    const before = world.log().length;
    world.app().process.kill("SIGHUP");
    await eventually(said, () => world.log().slice(before).includes(said));
  };
  await writeFile(file, "version: 1\nroles: {}\nnonsense: true\n");
  await reload("the last good policy stays in force");
  expect(world.log()).toContain(`${file}:3`);
  await rm(file);
  await reload("the last good policy stays in force");
  const leaver = addLeaver(world);
  expect((await readStory(world, await offboard(world, leaver), leaver)).state).toBe("done");

  await copyFile("playground/policy.yml", file);
  await reload("the policy was read again");
});

test("health, readiness and metrics tell how it is", async () => {
  const world = await newWorld();
  expect(await textOf(world, "/healthz")).toEqual({ status: 200, text: "ok\n" });
  const ready = await textOf(world, "/readyz");
  expect(ready).toMatchObject({ status: 200 });
  expect(ready.text).toContain("channel: ok");
  const leaver = addLeaver(world);
  await offboard(world, leaver);
  const { text: metrics } = await textOf(world, "/metrics");
  expect(metrics).toContain(
    'deadbolt_step_outcomes_total{operation="zoom.user.updateStatus",outcome="verified"} 1',
  );
  expect(metrics).toContain('deadbolt_events_total{type="run.finished"} 1');
  for (const personal of [leaver.email, leaver.slackId, leaver.zoomId])
    expect(metrics).not.toContain(personal);

  world.company.slack.addFault({ kind: "reset", path: /auth\.test/ });
  const down = await eventually("readiness to see that Slack is down", async () => {
    const readiness = await textOf(world, "/readyz");
    return readiness.status === 503 ? readiness : undefined;
  });
  expect(down.text).toContain("slack: does not answer");
  expect(down.text).toContain("database: ok");
  expect(await textOf(world, "/healthz")).toMatchObject({ status: 200 });
});

test("when one of two instances dies in the middle of a run, the other takes it over", async () => {
  const world = await newWorld({ latency: () => 50 });
  const survivor = world.app();
  cleanups.push(() => survivor.kill());
  const victim = await world.restart();
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver, "delete");
  await approveFully(world, requestId, "delete");
  await eventually("the deletion", () =>
    world.company.zoom.calls.find(
      ({ request }) => request.method === "DELETE" && request.path.endsWith(leaver.zoomId),
    ),
  );
  await victim.kill();
  expect(await ended(world, requestId)).toBe("done");
  await readStory(world, requestId, leaver);
  expect(survivor.log()).toContain("resumed the runs of an instance that is gone");
  expect(survivor.log()).not.toContain('"level":50');
});

test("two instances tell each story once", async () => {
  const world = await newWorld({ latency: () => 20 });
  const other = world.app();
  cleanups.push(() => other.kill());
  const newer = await world.restart();
  const states: Promise<string>[] = [];
  for (let count = 0; count < 6; count += 1) {
    const { requestUrl } = count % 2 === 0 ? newer : other;
    world.company.slack.requestUrl = requestUrl;
    const leaver = addLeaver(world);
    const requestId = await askFor(world, leaver);
    // Asked at one instance, approved at the other.
    world.company.slack.requestUrl = count % 2 === 0 ? other.requestUrl : newer.requestUrl;
    await approveFully(world, requestId, "deactivate");
    const whole = async () => {
      const state = await ended(world, requestId);
      await readStory(world, requestId, leaver);
      return state;
    };
    states.push(whole());
  }
  expect(await Promise.all(states)).toEqual(Array.from({ length: 6 }, () => "done"));
});
