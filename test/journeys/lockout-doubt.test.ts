import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, openLockout, type Victim } from "./world/locking-out.ts";
import { released } from "./world/releasing.ts";
import { eventually, rootOf, startWorld, type World } from "./world/world.ts";

const PLAYBOOKS = `playbooks:
  laptop-lost:
    title: Laptop lost
    steps:
      - operation: cloudflare.registration.revoke
        all: registrationIds
      - operation: zoom.user.revokeSsoToken
`;
const RULE = "  - for: { playbook: laptop-lost }\n    approvers: [security]\n    count: 0\n";
let world: World;
beforeAll(async () => {
  const file = await approvalPolicy("lockout-doubt", PLAYBOOKS);
  await writeFile(file, (await readFile(file, "utf8")).replace("approvals:\n", `approvals:\n${RULE}`));
  world = await startWorld({ environment: { POLICY_FILE: file } });
});
afterAll(async () => {
  await world.close();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);
const formOf = (viewId: string) => JSON.stringify(world.company.slack.views.get(viewId)?.content.blocks);

/** Someone with two users of Cloudflare Access. */
function addDouble(): Victim {
  const victim = addVictim(world);
  world.company.cloudflare.addAccessUser({ email: victim.email, name: "The same, by another provider" });
  return victim;
}

test("two users of Access with one e-mail keep no door open, and what is not known of them is said before and after", async () => {
  const victim = addDouble();
  const view = await openLockout(world, "security", `@${victim.name}`);
  expect(formOf(view.id)).toContain("Cloudflare Access has several users with this e-mail");
  expect(formOf(view.id)).toContain("be able to confirm this lockout");
  await sasha().submit(view.id);
  const { sentence } = await lockedOut(world, view.id);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(sentence).toMatch(
    /^NOT proven to be locked\. Not known to be closed: Cloudflare sessions.*WARP devices/,
  );
  const { text, state } = await released(world, victim.email);
  expect(text).toContain("WARP devices that were revoked by the e-mail");
  expect(state).toBe("done");
});

test("devices that were chosen and whose owner is not known are a door that is not known to be closed", async () => {
  const victim = addDouble();
  const view = await openLockout(world, "security", `@${victim.name}`);
  const parts = ["zoom-deactivate", "zoom-sessions", "cloudflare-block", "cloudflare-devices"];
  await sasha().submit(view.id, { parts_full: parts });
  await eventually("the message", () => rootOf(world, view.id));
  const { sentence } = await lockedOut(world, view.id);
  expect(doorsAt(world, victim).devices).toBe(true);
  expect(sentence).toBe("NOT proven to be locked. Not known to be closed: WARP devices.");
});

test("a playbook of the policy's own, which is told by its steps, is refused for them", async () => {
  const victim = addDouble();
  const view = await openLockout(world, "security", `@${victim.name}`);
  await sasha().change(view.id, "preset", "own:laptop-lost");
  await eventually("why it cannot be", () => formOf(view.id).includes("it is not clear which one is meant"));
  await sasha()
    .submit(view.id)
    .catch(() => undefined);
  expect(rootOf(world, view.id)).toBeUndefined();
});
