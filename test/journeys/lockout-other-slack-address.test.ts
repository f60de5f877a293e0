import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { lockedOut, openLockout, press } from "./world/locking-out.ts";
import {
  eventsOf,
  eventually,
  noticeAfter,
  rootOf,
  startWorld,
  threadOf,
  type World,
} from "./world/world.ts";

const ADDRESS = "second@world.example";
const APPROVER = PEOPLE.secondSecurity;

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("lockout-other-address") } });
  world.company.zoom.addUser({ email: ADDRESS, display_name: "Known by another address" });
  world.company.cloudflare.addAccessUser({ email: ADDRESS, name: "Known by another address" });
});
afterAll(async () => {
  expect(world.company.slack.mistakes).toEqual([]);
  await world.close();
});
const sasha = () => world.company.slack.as(PEOPLE.security.id);

test("an approver who is locked out by another address is asked for, and once chosen neither asks nor releases themselves", async () => {
  const { id: requestId } = await openLockout(world, "security", ADDRESS);
  await sasha().submit(requestId);
  await eventually("the lockout's message", () => rootOf(world, requestId));
  await lockedOut(world, requestId);
  await eventually("what is said of Slack", () =>
    threadOf(world, requestId).join("\n").includes("No Slack account was suspended."),
  );
  expect(threadOf(world, requestId).join("\n")).not.toContain("can no longer ask for or approve");

  const known = new Set(world.company.slack.views.keys());
  await press(world, "security", requestId, "lockout_bind_slack");
  const view = await newViewOf(world, "security", known);
  await sasha().submit(view.id, { account: APPROVER.id });
  await eventually("the suspension", () =>
    threadOf(world, requestId).join("\n").includes(`<@${APPROVER.id}> can no longer ask for or approve`),
  );
  expect((await eventsOf(world, requestId)).find(({ type }) => type === "account.bound")).toMatchObject({
    actor: PEOPLE.security.id,
    data: { slackId: APPROVER.id, email: ADDRESS },
  });
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("lockout_bind_slack");

  const told = await noticeAfter(world, "secondSecurity", () =>
    world.company.slack.as(APPROVER.id).command("/lockout", `release ${ADDRESS}`),
  );
  expect(told).toContain(":no_entry:");

  // Under their own Slack account they are found as the one who is locked out.
  const before = new Set(world.company.slack.views.keys());
  await sasha().command("/lockout", `release <@${APPROVER.id}>`);
  const release = await newViewOf(world, "security", before);
  await eventually("what a release would give back", () =>
    JSON.stringify(world.company.slack.views.get(release.id)?.content.blocks).includes("Activate"),
  );
});
