import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, lockOut, press } from "./world/locking-out.ts";
import { answering } from "./world/struck.ts";
import { approve, ended, eventsOf, eventually, startWorld, type World } from "./world/world.ts";

const POLICY = join(tmpdir(), `deadbolt-lockout-approved-${process.pid}.yml`);
let world: World;
beforeAll(async () => {
  const text = await readFile("playground/policy.yml", "utf8");
  const changed = text.replace(
    "  - for: { playbook: lockout }\n    approvers: [security]\n    count: 0\n",
    "  - for: { playbook: lockout }\n    approvers: [security]\n    count: 1\n    expires: 24h\n",
  );
  expect(changed).not.toBe(text);
  await writeFile(POLICY, changed);
  world = await startWorld({ environment: { POLICY_FILE: POLICY } });
});
afterAll(async () => {
  await world.close();
  await rm(POLICY);
});

test("the snapshot of a lockout that waited for approval shows what there was when it began", async () => {
  const victim = addVictim(world, { type: 2 });
  const requestId = await lockOut(world, victim);
  const user = world.company.zoom.users.get(victim.zoomId);
  // Someone takes the licence away while the lockout waits.
  if (user !== undefined) user.type = 1;
  await approve(world, requestId, "secondSecurity");
  expect((await lockedOut(world, requestId)).state).toBe("done");
  const { rows } = await world.database.query<{ data: { type?: number } }>(
    "select data from deadbolt.snapshot where request_id = $1 and step_id = 'snapshot'",
    [requestId],
  );
  expect(rows.map(({ data }) => data.type)).toEqual([1]);
});

test("what failed of a lockout is tried again by a colleague, also when whoever asked for it is off duty by then", async () => {
  const { slack, zoom } = world.company;
  const victim = addVictim(world);
  const path = new RegExp(`^/v2/users/${victim.zoomId}/token$`);
  zoom.addFault({
    ...answering(400, { code: 300, message: "Not now." }),
    method: "DELETE",
    path,
    times: 1,
  });
  const requestId = await lockOut(world, victim);
  await approve(world, requestId, "secondSecurity");
  expect((await lockedOut(world, requestId)).state).toBe("partly_done");
  slack.usergroups.get("S0SEC")?.members.delete(PEOPLE.security.id);
  try {
    await press(world, "secondSecurity", requestId, "lockout_retry");
    await eventually("the second try", async () =>
      (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
    );
  } finally {
    slack.usergroups.get("S0SEC")?.members.add(PEOPLE.security.id);
  }
  expect(await ended(world, requestId)).toBe("done");
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});
