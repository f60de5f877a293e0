import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addVictim, lockedOut, lockOut } from "./world/locking-out.ts";
import { rootOf, startWorld, type World } from "./world/world.ts";

const POLICY = join(tmpdir(), `deadbolt-missing-group-${process.pid}.yml`);
let world: World;
beforeAll(async () => {
  const text = await readFile("playground/policy.yml", "utf8");
  const changed = text
    .replace("members: { usergroups: [S0IT] }", "members: { usergroups: [S0IT, S0GHOST] }")
    .replace("  - members: { usergroups: [S0EXEC] }\n", "  - members: { usergroups: [S0EXEC, S0NEVER] }\n");
  expect(changed).toContain("S0GHOST");
  expect(changed).toContain("S0NEVER");
  await writeFile(POLICY, changed);
  world = await startWorld({ environment: { POLICY_FILE: POLICY } });
});
afterAll(async () => {
  await world.close();
  await rm(POLICY);
});

test("user groups that Slack does not list stop no lockout, which says that protection could not be checked", async () => {
  const requestId = await lockOut(world, addVictim(world));
  expect((await lockedOut(world, requestId)).state).toBe("done");
  const root = JSON.stringify(rootOf(world, requestId)?.blocks);
  expect(root).toContain("Protection could not be checked: Slack lists no user group S0NEVER.");
  const { rows } = await world.database.query<{ text: string }>(
    "select data::text as text from deadbolt.audit_event where request_id = $1 and type = 'request.created'",
    [requestId],
  );
  expect(rows[0]?.text).toContain("Protection could not be checked");
});

test("they are named in the log and by readyz, which stays ready", async () => {
  for (const group of ["S0GHOST", "S0NEVER"])
    expect(world.log()).toContain(`Slack lists no active user group ${group}`);
  const answer = await fetch(new URL("/readyz", world.app().requestUrl));
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text).toContain("user groups: Slack lists no active user group S0GHOST: it gives nobody a role.");
  expect(text).toContain("S0NEVER: it gives nobody a role; whom it protects or denies cannot be checked.");
});

test("whoever was in a protecting group when it was last listed stays protected once it is disabled", async () => {
  const { slack } = world.company;
  const group = slack.usergroups.get("S0EXEC");
  if (group === undefined) throw new Error("There is no such group.");
  const { rows } = await world.database.query<{ members: string[] }>(
    "select members from deadbolt.known_group where group_id = 'S0EXEC'",
  );
  expect(rows[0]?.members).toEqual([...group.members].toSorted());
  const victim = addVictim(world);
  group.members.add(victim.slackId);
  const first = await lockOut(world, victim);
  expect(JSON.stringify(rootOf(world, first)?.blocks)).toContain("2 different people with the role security");
  // Deleted at Slack: the members that the database remembers are all that is left.
  slack.usergroups.delete("S0EXEC");
  const second = await lockOut(world, victim);
  expect(JSON.stringify(rootOf(world, second)?.blocks)).toContain(
    "2 different people with the role security",
  );
  expect(world.log()).toContain("its last known members are used");
});
