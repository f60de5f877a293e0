import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import type { AppProcess } from "../../playground/app-process.ts";
import { EXECUTOR_LOCK_SPACE } from "../../src/database/advisory-locks.ts";
import { hold } from "./world/hold.ts";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, openLockout } from "./world/locking-out.ts";
import { released } from "./world/releasing.ts";
import { eventually, startWorld, type World } from "./world/world.ts";

let world: World;
let survivor: AppProcess;
let frozen: AppProcess;
beforeAll(async () => {
  world = await startWorld({ environment: { LOG_LEVEL: "info" } });
  survivor = world.app();
  frozen = await world.restart();
});
afterAll(async () => {
  await survivor.kill();
  await world.close();
});

/** What Postgres does by itself when an instance has been silent for half a minute. */
async function endItsLock(requestId: string): Promise<void> {
  const ended = await world.database.query(
    `select pg_terminate_backend(pid) from pg_locks, dbos.workflow_status
     where locktype = 'advisory' and classid = $1::oid and objid::bigint = hashtext(executor_id)::bigint & 4294967295
       and workflow_uuid = $2`,
    [EXECUTOR_LOCK_SPACE, requestId],
  );
  expect(ended.rowCount).toBe(1);
}

test("an instance that was frozen in the middle of a lockout writes nothing when it wakes after a release", async () => {
  const { slack, zoom, cloudflare } = world.company;
  const victim = addVictim(world);
  const view = await openLockout(world, "security", `@${victim.name}`);
  const held = hold(zoom, { method: "DELETE", path: new RegExp(`${victim.zoomId}/token$`) });
  void slack
    .as(PEOPLE.security.id)
    .submit(view.id)
    .catch(() => undefined);
  await held.reached;
  await eventually("the engine's note of the run", async () => {
    const { rowCount } = await world.database.query(
      "select from dbos.workflow_status where workflow_uuid = $1",
      [view.id],
    );
    return rowCount === 1;
  });
  frozen.process.kill("SIGSTOP");
  slack.requestUrl = survivor.requestUrl;
  await endItsLock(view.id);
  expect(await lockedOut(world, view.id)).toMatchObject({ state: "done" });
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(survivor.log()).toContain("resumed the runs of an instance that is gone");
  expect(await released(world, victim.email)).toMatchObject({ state: "done" });

  const woken = performance.now();
  const exited = once(frozen.process, "exit");
  frozen.process.kill("SIGCONT");
  held.answer();
  // Others may run its requests by now, so it ends itself.
  expect((await exited)[0]).not.toBe(0);
  const written = [...zoom.calls, ...cloudflare.calls]
    // What it sent before it was frozen had arrived long before.
    .filter(({ arrived, request: { method } }) => arrived > woken && method !== "GET")
    .map(({ request: { path } }) => path);
  expect(written).toEqual([]);
  expect(doorsAt(world, victim)).toMatchObject({ signInAtZoom: true, signInAtCloudflare: true });
});
