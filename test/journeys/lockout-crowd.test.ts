import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { addVictim, openLockout } from "./world/locking-out.ts";
import { press } from "./world/refused.ts";
import {
  ask,
  eventually,
  noticeAfter,
  noticesTo,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  // As in production: Slack's published limits, and one picture of all user groups for three seconds.
  world = await startWorld({ slackRateLimits: true, environment: { DIRECTORY_SECONDS: "3" } });
});
afterAll(async () => {
  await world.close();
});

async function isBegun(requestId: string): Promise<boolean> {
  const state = (await storedRequest(world, requestId))?.state;
  return state !== undefined && ["running", "done", "partly_done"].includes(state);
}

test("thirty lockouts in one minute all begin, beside 22 commands of somebody without a role", async () => {
  const { slack } = world.company;
  const from = performance.now();
  const groupCalls = () =>
    slack.calls.filter(({ request }) => request.path === "/api/usergroups.list").length;
  const [callsBefore, noticesBefore] = [groupCalls(), noticesTo(world, "stranger").length];
  const ids: string[] = [];
  for (let index = 0; index < 30; index += 1) {
    if (index < 22) await slack.as(PEOPLE.stranger.id).command("/lockout", "@sam");
    const view = await openLockout(world, "security", `@${addVictim(world).name}`);
    await slack.as(PEOPLE.security.id).submit(view.id, {});
    ids.push(view.id);
  }
  for (const id of ids) await eventually("the lockout to begin", () => isBegun(id));
  const seconds = (performance.now() - from) / 1_000;
  expect(seconds).toBeLessThan(60);
  const refused = noticesTo(world, "stranger").slice(noticesBefore);
  expect(refused).toHaveLength(22);
  for (const text of refused) expect(text).toContain("None of your roles grants it.");
  expect(groupCalls() - callsBefore).toBeLessThanOrEqual(Math.ceil(seconds / 3) + 1);
}, 120_000);

test("a lockout is pressed while Slack takes three seconds for every answer", async () => {
  const { slack } = world.company;
  slack.switches.rateLimits = false;
  const view = await openLockout(world, "secondSecurity", `@${addVictim(world).name}`);
  // Nothing is remembered of who they are.
  await world.app().stop();
  await world.restart();
  slack.addFault({ kind: "slow", milliseconds: 3_000, path: /\/api\/(users|usergroups)\./ });
  try {
    await slack.as(PEOPLE.secondSecurity.id).submit(view.id, {});
    await eventually("the lockout to begin", () => isBegun(view.id));
  } finally {
    slack.clearFaults();
  }
});

test("a revoked token is told to whoever types or presses, and given back it works again", async () => {
  const { slack } = world.company;
  const { refusedTokens } = slack.switches;
  const { root } = await ask(world);
  refusedTokens.set("bot", "token_revoked");
  const pressed = await press(world, PEOPLE.approver.id, root);
  expect(pressed).toContain("Slack could not be asked who may do this (token_revoked)");
  expect(pressed).toContain("Tell your Deadbolt administrator");
  const typed = await noticeAfter(world, "secondSecurity", () =>
    slack.as(PEOPLE.secondSecurity.id).command("/lockout", `@${addVictim(world).name}`),
  );
  expect(typed).toContain("token_revoked");
  expect(typed).toContain("Tell your Deadbolt administrator");
  expect(typed).not.toContain("Try again");
  refusedTokens.clear();
  const again = await openLockout(world, "security", `@${addVictim(world).name}`);
  await slack.as(PEOPLE.security.id).submit(again.id, {});
  await eventually("the lockout to begin", () => isBegun(again.id));
});
