import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { ALL_CLOSED, addVictim, doorsAt } from "../journeys/world/locking-out.ts";
import { ask, eventsOf, startWorld, storyTold, threadOf, type World } from "../journeys/world/world.ts";

const POLICY = join(tmpdir(), `deadbolt-operator-${process.pid}.yml`);
let world: World;
beforeAll(async () => {
  const text = await readFile("playground/policy.yml", "utf8");
  await writeFile(
    POLICY,
    `${text}\ndeny:\n  - { for: { playbook: lockout }, target: { users: [U0DENIED] }, reason: "Ask the board." }\n`,
  );
  world = await startWorld({ environment: { POLICY_FILE: POLICY } });
});
afterAll(async () => {
  await world.close();
  await rm(POLICY);
});
afterEach(() => {
  world.company.slack.switches.refusedTokens.clear();
});

const lockout = (...words: string[]) =>
  runCommand(["lockout", ...words], {
    ...world.company.environment,
    DATABASE_URL: world.databaseUrl,
    POLICY_FILE: POLICY,
    READ_BACK_SECONDS: "2",
    LOCKOUT_REVOKE_AGAIN_SECONDS: "0.6",
  });

async function lastRequestId(): Promise<string> {
  const { rows } = await world.database.query<{ id: string }>(
    "select id from deadbolt.request where requester_id = 'operator' order by created_at desc limit 1",
  );
  return rows[0]?.id ?? "";
}

test("it wants one person and a reason", async () => {
  for (const words of [[], ["U0SAM"], ["U0SAM", "--reason", " "], ["sam", "--reason", "x"]])
    expect(await lockout(...words)).toMatchObject({ code: 64 });
  expect(await lockout("U0SAM", "--reason", "x", "--by", "sasha")).toMatchObject({ code: 64 });
});

test("an operator locks somebody out while Slack refuses the token, and the audit log keeps it as an act on the machine", async () => {
  const victim = addVictim(world);
  const { refusedTokens } = world.company.slack.switches;
  refusedTokens.set("bot", "token_revoked");
  const result = await lockout(
    victim.email,
    "--reason",
    "Stolen laptop",
    "--by",
    PEOPLE.security.id,
    "--even-if-last",
  );
  expect(result.output).toMatch(/^Locked/);
  expect(result.code).toBe(0);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  const id = await lastRequestId();
  const events = await eventsOf(world, id);
  expect(events[0]).toMatchObject({ type: "request.created", actor: "operator" });
  expect(events.find(({ type }) => type === "operator.acted")).toMatchObject({
    actor: "operator",
    data: { claimed: PEOPLE.security.id },
  });
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
  refusedTokens.clear();
  await storyTold(world, id);
  expect(threadOf(world, id).join("\n")).toContain("Asked for on the machine that runs Deadbolt");
}, 60_000);

test("somebody whom Slack showed before is found by their Slack id, and the last-holder guard asks to be sure", async () => {
  await ask(world, { target: "target" });
  world.company.slack.switches.refusedTokens.set("bot", "token_revoked");
  const result = await lockout(PEOPLE.requester.id, "--reason", "x");
  expect(result).toMatchObject({ code: 2 });
  expect(result.output).toContain("NOT locked. Slack does not say whether this is the last person");
  expect(result.output).toContain("--even-if-last");
});

test("deny rules hold on the machine", async () => {
  const { slack } = world.company;
  const victim = addVictim(world);
  slack.addUser({ id: "U0DENIED", name: "denied", email: victim.email.replace("@", "+d@") });
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user !== undefined) user.email = victim.email.replace("@", "+d@");
  const result = await lockout("U0DENIED", "--reason", "x");
  expect(result).toMatchObject({ code: 2 });
  expect(result.output).toContain("Ask the board.");
});
