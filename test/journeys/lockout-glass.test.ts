import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { approverMessage, newViewOf } from "./world/acting.ts";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, openLockout } from "./world/locking-out.ts";
import { textOf } from "./world/releasing.ts";
import {
  eventsOf,
  eventually,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

const GLASS = { break_glass: ["yes"] };

let world: World;
beforeAll(async () => {
  const text = await readFile("playground/policy.yml", "utf8");
  const file = join(tmpdir(), `deadbolt-lockout-glass-${process.pid}.yml`);
  // The requester is on call: they may lock out, with an approval of security's or by breaking the glass.
  const policy = text
    .replace(
      '"cloudflare:access:revoke"]',
      '"zoom:*", "cloudflare:*", "deadbolt:lockout", "deadbolt:break-glass"]',
    )
    .replace(
      "playbook: lockout }\n    approvers: [security]\n    count: 0",
      "playbook: lockout }\n    approvers: [security]\n    count: 1\n    expires: 24h",
    );
  await writeFile(
    file,
    `${policy}break_glass: { at_most: 3, within: 1h, review: { by: [security], within: 1h } }\n`,
  );
  world = await startWorld({ environment: { POLICY_FILE: file } });
});
afterAll(async () => {
  await world.close();
});

const riley = () => world.company.slack.as(PEOPLE.requester.id);

test("a lockout that needs approval waits for it, and nothing is sent before", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "requester", `@${victim.name}`);
  expect(textOf(view)).toContain("It waits for approval");
  expect(textOf(view)).toContain("break_glass");
  await riley().submit(view.id);
  await eventually("the message", () => rootOf(world, view.id));
  expect((await storedRequest(world, view.id))?.state).toBe("pending");
  expect(doorsAt(world, victim).signInAtZoom).toBe(true);
});

test("a lockout with broken glass closes every door at once, tells everyone passed over, and is reviewed by somebody else", async () => {
  const { slack } = world.company;
  const victim = addVictim(world);
  const view = await openLockout(world, "requester", `@${victim.name}`);
  await riley().submit(view.id, GLASS);
  await eventually("the message", () => rootOf(world, view.id));
  expect((await lockedOut(world, view.id)).sentence).toMatch(/^Locked\./);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(threadOf(world, view.id).join("\n")).toContain(`<@${PEOPLE.requester.id}> used break-glass`);
  for (const person of ["security", "secondSecurity"] as const)
    expect(JSON.stringify((await approverMessage(world, person, view.id)).blocks)).toContain(
      "Break-glass: running without approval",
    );
  const root = rootOf(world, view.id);
  if (root === undefined) throw new Error("The message is gone.");
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE.security.id).click(root, "request_review");
  const form = await newViewOf(world, "security", known);
  await slack.as(PEOPLE.security.id).submit(form.id, { verdict: "yes", note: "There was no time" });
  await eventually("the review in the thread", () =>
    threadOf(world, view.id).some((line) => line.includes("It was justified.\nThere was no time")),
  );
  const types = (await eventsOf(world, view.id)).map(({ type }) => type);
  expect(types.filter((type) => type === "glass.broken")).toHaveLength(1);
  expect(types.filter((type) => type === "review.closed")).toHaveLength(1);
});

test("glass that is broken by two presses at the same moment is one lockout and one review", async () => {
  const victim = addVictim(world);
  const view = await openLockout(world, "requester", `@${victim.name}`);
  await Promise.allSettled([riley().submit(view.id, GLASS), riley().submit(view.id, GLASS)]);
  await eventually("the message", () => rootOf(world, view.id));
  await lockedOut(world, view.id);
  const events = await eventsOf(world, view.id);
  for (const type of ["request.created", "glass.broken", "run.started"])
    expect(events.filter((event) => event.type === type)).toHaveLength(1);
  const { rows } = await world.database.query("select from deadbolt.review where request_id = $1", [view.id]);
  expect(rows).toHaveLength(1);
});
