import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { addVictim, ALL_CLOSED, doorsAt, openLockout } from "./world/locking-out.ts";
import { ended, eventually, eventsOf, startWorld, storedRequest, type World } from "./world/world.ts";

const PLAYBOOKS = `playbooks:
  laptop-lost:
    title: Laptop lost
    steps:
      - operation: cloudflare.registration.revoke
        all: registrationIds
      - id: sessions
        operation: cloudflare.access.revokeUserInAccount
        input: { devices: true, warpSessionReauth: true }
      - operation: zoom.meeting.end
        each: meetingId
        after: [sessions]
      - operation: zoom.user.revokeSsoToken
  meetings-over:
    title: Meetings over
    steps:
      - { operation: zoom.user.revokeSsoToken }
  last-goodbye:
    title: Last goodbye
    steps:
      - { id: off, operation: zoom.user.updateStatus, input: { action: deactivate } }
      - { operation: zoom.user.delete, input: { action: delete }, requires: [off] }
`;
const RULE =
  "  - for: { playbook: laptop-lost }\n    approvers: [security]\n    count: 0\n  - for: { playbook: meetings-over }\n    approvers: [it-admins]\n    count: 0\n";

let policyFile: string;
let world: World;
beforeAll(async () => {
  policyFile = await approvalPolicy("own-playbook", PLAYBOOKS);
  await writeFile(
    policyFile,
    (await readFile(policyFile, "utf8")).replace("approvals:\n", `approvals:\n${RULE}`),
  );
  world = await startWorld({ environment: { POLICY_FILE: policyFile } });
});
afterAll(async () => {
  await world.close();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);

async function chosen(name: string, playbook: string, contains: string): Promise<string> {
  const view = await openLockout(world, "security", `@${name}`);
  await sasha().change(view.id, "preset", `own:${playbook}`);
  await eventually(`the preview of ${playbook}`, () =>
    JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks).includes(contains),
  );
  return view.id;
}

test("a playbook of the policy's own is chosen in the form, shown, and run", async () => {
  const victim = addVictim(world);
  const viewId = await chosen(victim.name, "laptop-lost", "playbook is your policy's own");
  const shown = JSON.stringify(world.company.slack.views.get(viewId)?.content.blocks);
  expect(shown).toContain("It starts at once");
  expect(shown).toContain("4. ");
  expect(shown).not.toContain("parts_");
  await sasha().submit(viewId);
  expect(await ended(world, viewId)).toBe("done");
  const [judged] = await eventsOf(world, viewId);
  expect(judged?.data).toMatchObject({ playbook: "laptop-lost", decision: "allowed" });
  expect(doorsAt(world, victim)).toEqual({ ...ALL_CLOSED, signInAtZoom: true, signInAtCloudflare: true });
});

test("what a playbook cannot do about a person is left out and said", async () => {
  const victim = addVictim(world);
  world.company.zoom.users.delete(victim.zoomId);
  const viewId = await chosen(victim.name, "laptop-lost", "Left out.");
  const shown = JSON.stringify(world.company.slack.views.get(viewId)?.content.blocks);
  expect(shown).toContain("Zoom does not know this person.");
  await sasha().submit(viewId);
  expect(await ended(world, viewId)).toBe("done");
  expect(doorsAt(world, victim).devices).toBe(false);
});

test("the gravest step of a playbook decides who must approve it", async () => {
  const victim = addVictim(world);
  const viewId = await chosen(victim.name, "last-goodbye", "It waits for approval");
  await sasha().submit(viewId);
  await eventually(
    "the pending request",
    async () => (await storedRequest(world, viewId))?.state === "pending",
  );
  expect(doorsAt(world, victim).signInAtZoom).toBe(true);
});

test("whoever may run one playbook is refused the others and a lockout, whatever is chosen", async () => {
  const victim = addVictim(world);
  const rio = world.company.slack.as(PEOPLE.requester.id);
  const view = await openLockout(world, "requester", `@${victim.name}`);
  const shows = (text: string) =>
    eventually(text, () =>
      JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks).includes(text),
    );
  await shows(":no_entry:");
  await rio.change(view.id, "preset", "own:laptop-lost");
  await shows(":no_entry:");
  await rio.change(view.id, "preset", "own:meetings-over");
  await shows("It starts at once");
  await rio.submit(view.id);
  expect(await ended(world, view.id)).toBe("done");
  expect(doorsAt(world, victim).sessionsAtZoom).toBe(false);
});

test("a playbook that the policy lost meanwhile is refused next to its field, and nothing is done", async () => {
  const victim = addVictim(world);
  const viewId = await chosen(victim.name, "laptop-lost", "It starts at once");
  const text = await readFile(policyFile, "utf8");
  const before = world.log().length;
  await writeFile(policyFile, text.replaceAll("laptop-lost", "laptop-found"));
  await eventually("the changed policy", () =>
    /policy.*(reload|read|changed)/i.test(world.log().slice(before)),
  );
  const delivery = await sasha().submit(viewId);
  expect(JSON.stringify(delivery)).toContain("no longer has this playbook");
  expect(await storedRequest(world, viewId)).toBeUndefined();
  expect(await eventsOf(world, viewId)).toEqual([]);
  expect(doorsAt(world, victim).devices).toBe(true);
});
