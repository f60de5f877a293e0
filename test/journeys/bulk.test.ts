import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { offboardingPolicy } from "../../bench/offboarding-policy.ts";
import { approveOffboardings } from "./world/approved-offboardings.ts";
import { addVictim, doorsAt, lockedOut, lockOut } from "./world/locking-out.ts";
import { eventually, startWorld, type World } from "./world/world.ts";

const MANY = 60;
let world: World;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-bulk-"));
  world = await startWorld({
    slackRateLimits: false,
    environment: {
      POLICY_FILE: await offboardingPolicy(folder),
      ZOOM_PLAN: "business",
      ZOOM_RATE_LIMIT_PERCENT: "1000",
      CLOUDFLARE_RATE_LIMIT: "1000000",
    },
  });
});
afterAll(async () => {
  await world.close();
});

async function done(): Promise<number> {
  const { rows } = await world.database.query<{ count: number }>(
    "select count(*) from deadbolt.request where playbook = 'zoom-offboard' and state = 'done'",
  );
  return rows[0]?.count ?? 0;
}

test("sixty offboardings at once all end, over a power failure and beside a lockout, each step once", async () => {
  const approved = await approveOffboardings(world.company, world.database, MANY);
  await eventually("a part of them", async () => (await done()) >= 5, 30_000);
  const victim = addVictim(world);
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  expect(doorsAt(world, victim)).toMatchObject({ sessionsAtCloudflare: false });
  // The lockout went before most of them.
  expect(await done()).toBeLessThan(MANY);
  await world.app().kill();
  await world.restart();
  await eventually("all of them", async () => (await done()) === MANY, 60_000);
  for (const { zoomId } of approved) expect(world.company.zoom.users.get(zoomId)?.status).toBe("inactive");
  const { rows } = await world.database.query<{ request_id: string; number: number }>(
    `select request_id, count(*) as number from deadbolt.audit_event
     where type = 'run.finished' and request_id like 'bulk-%' group by request_id`,
  );
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: MANY }, () => 1));
});
