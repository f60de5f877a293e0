import { readFile, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { hold } from "./world/hold.ts";
import {
  addVictim,
  ALL_CLOSED,
  doorsAt,
  lockedOut,
  lockOut,
  openLockout,
  press,
} from "./world/locking-out.ts";
import { openRelease, textOf } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import {
  ended,
  eventsOf,
  eventually,
  outcomesOf,
  rootOf,
  startWorld,
  threadOf,
  type World,
} from "./world/world.ts";

const STEP = "reset-slack-sessions";
const RESET = /admin\.users\.session\.reset$/;
const NOTE = "Slack is not locked: they can sign in there again.";
const PLAYBOOK = `playbooks:
  signed-out:
    title: Signed out
    steps:
      - { operation: slack.session.reset }
      - { operation: zoom.user.revokeSsoToken }
`;
const RULE = "  - for: { playbook: signed-out }\n    approvers: [security]\n    count: 0\n";

let world: World;
beforeAll(async () => {
  const policyFile = await approvalPolicy("lockout-slack", PLAYBOOK);
  const text = await readFile(policyFile, "utf8");
  await writeFile(policyFile, text.replace("approvals:\n", `approvals:\n${RULE}`));
  world = await startWorld({ slackAdministration: true, environment: { POLICY_FILE: policyFile } });
});
afterEach(() => {
  const { slack } = world.company;
  slack.clearFaults();
  for (const scope of ["admin.users:read", "admin.users:write"]) slack.adminScopes.add(scope);
});
afterAll(async () => {
  await world.close();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);

/** Someone whose every door is open, that of Slack as well. */
function addSignedIn() {
  const victim = addVictim(world);
  world.company.slack.signIn(victim.slackId);
  return victim;
}

const openAtSlack = (slackId: string) => world.company.slack.liveSessions(slackId).length;
const resetsOf = (slackId: string) =>
  world.company.slack.calls.filter(
    ({ request }) => RESET.test(request.path) && request.body?.["user_id"] === slackId,
  );

test("one press signs them out of Slack as well, proves it, and does not call Slack locked", async () => {
  const victim = addSignedIn();
  const view = await openLockout(world, "security", `@${victim.name}`);
  expect(textOf(view)).toContain("1 open Slack session.");
  expect(textOf(view)).toContain("Slack: end sessions");
  expect(textOf(view)).toContain(`It will hold*, if every step takes hold. ${NOTE}`);
  await sasha().submit(view.id);
  await eventually("the lockout's message", () => rootOf(world, view.id));
  const { state, sentence } = await lockedOut(world, view.id);
  expect(sentence).toMatch(/^Locked\. Proven closed: Zoom sign-in, .*Slack sessions\./);
  expect(sentence.endsWith(NOTE)).toBe(true);
  expect(state).toBe("done");
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  expect(openAtSlack(victim.slackId)).toBe(0);
  expect(resetsOf(victim.slackId)).toHaveLength(1);
  expect(JSON.stringify(rootOf(world, view.id)?.blocks)).toMatch(
    /Slack sessions: closed after \d+\.\d s, proven/,
  );
  const thread = threadOf(world, view.id);
  expect(thread[0]).toContain("proven: Sign them out of Slack");
  expect(thread.at(-1)).toContain("Slack sessions are not checked.");
});

test("it leaves before any vendor has answered, and a Zoom that hangs does not hold it up", async () => {
  const victim = addSignedIn();
  const view = await openLockout(world, "security", `@${victim.name}`);
  const held = hold(world.company.zoom, { method: "PUT", path: /\/users\/[^/]+\/status$/ });
  await sasha().submit(view.id);
  await eventually("the end of its step", async () =>
    (await eventsOf(world, view.id)).some(
      ({ type, data }) => type === "step.finished" && data["stepId"] === STEP,
    ),
  );
  held.answer();
  await eventually("the lockout's message", () => rootOf(world, view.id));
  await lockedOut(world, view.id);
  const told = (await eventsOf(world, view.id)).map(
    ({ type, data }) => `${type} ${JSON.stringify(data["stepId"])}`,
  );
  const first = told.findIndex((line) => line.startsWith("step.answered"));
  expect(told.slice(0, first)).toContain(`step.started "${STEP}"`);
  expect(told.indexOf(`step.finished "${STEP}"`)).toBeLessThan(told.indexOf('step.answered "deactivate"'));
});

test("a Slack that refuses leaves that door open and no other, says what to do by hand, and is tried again alone", async () => {
  const victim = addSignedIn();
  const { slack } = world.company;
  slack.addFault({ ...answering(200, { ok: false, error: "user_session_reset_failed" }), path: RESET });
  const requestId = await lockOut(world, victim);
  expect(await lockedOut(world, requestId)).toEqual({
    state: "partly_done",
    sentence: "NOT locked. Open: Slack sessions.",
  });
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  const shown = JSON.stringify(rootOf(world, requestId)?.blocks);
  expect(shown).toContain("By hand: Sign the person out of Slack in the organization's settings");
  expect(shown).toContain("https://my.slack.com/admin");
  expect(threadOf(world, requestId).join("\n")).toContain("user_session_reset_failed");
  slack.clearFaults();
  const before = world.company.zoom.calls.length;
  await press(world, "security", requestId, "lockout_retry");
  await eventually("the second try", async () =>
    (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
  );
  expect(await lockedOut(world, requestId)).toMatchObject({ state: "done" });
  expect(openAtSlack(victim.slackId)).toBe(0);
  const writes = world.company.zoom.calls.slice(before).filter(({ request }) => request.method !== "GET");
  expect(writes.filter(({ request }) => request.path.includes(victim.zoomId))).toEqual([]);
});

test("a Slack that answers after the effect was lost is believed by what it lists", async () => {
  const victim = addSignedIn();
  world.company.slack.addFault({ kind: "lostAnswer", path: RESET });
  const requestId = await lockOut(world, victim);
  expect((await lockedOut(world, requestId)).sentence).toMatch(/^Locked\. Proven closed: .*Slack sessions/);
  expect(await outcomesOf(world, requestId)).toMatchObject({ [STEP]: "verified" });
});

test("a token that may not list ends it as accepted and not provable, without waiting", async () => {
  const victim = addSignedIn();
  world.company.slack.adminScopes.delete("admin.users:read");
  const view = await openLockout(world, "security", `@${victim.name}`);
  expect(textOf(view)).toContain("is not allowed to this app");
  await sasha().submit(view.id);
  await eventually("the lockout's message", () => rootOf(world, view.id));
  const { sentence } = await lockedOut(world, view.id);
  expect(sentence).toMatch(/^Locked\. .*not provable here: .*Slack sessions/);
  expect(await outcomesOf(world, view.id)).toMatchObject({ [STEP]: "accepted" });
  const finished = (await eventsOf(world, view.id)).find(
    ({ type, data }) => type === "step.finished" && data["stepId"] === STEP,
  );
  expect(finished?.data["sentence"]).toBe(
    "The vendor accepted it. It cannot be proven: the Slack token may not list sessions (it lacks admin.users:read).",
  );
});

test("where it is not ticked nothing is asked of Slack, and nothing is said of it", async () => {
  const victim = addSignedIn();
  const view = await openLockout(world, "security", `@${victim.name}`);
  await sasha().submit(view.id, { parts_full_slack: ["zoom-deactivate", "zoom-sessions"] });
  await eventually("the lockout's message", () => rootOf(world, view.id));
  expect((await lockedOut(world, view.id)).sentence).not.toContain("Slack");
  expect(openAtSlack(victim.slackId)).toBe(1);
  expect(resetsOf(victim.slackId)).toEqual([]);
});

test("somebody who is not in Slack is offered no such step, and the next one is", async () => {
  const [absent, present] = [addVictim(world), addSignedIn()];
  world.company.slack.users.delete(absent.slackId);
  const view = await openLockout(world, "security", absent.email);
  expect(textOf(view)).not.toContain("Slack: end sessions");
  expect(textOf(view)).not.toContain("open Slack session");
  await sasha().submit(view.id, { email: present.email });
  const shown = await eventually("the form about the other one", () => {
    const now = textOf(world.company.slack.views.get(view.id));
    return now.includes(`(${present.email})`) && now.includes("Slack: end sessions") ? now : undefined;
  });
  expect(shown).toContain("What will happen");
  await sasha().submit(view.id);
  await eventually("the lockout's message", () => rootOf(world, view.id));
  expect((await lockedOut(world, view.id)).sentence).toContain("Slack sessions");
  expect(openAtSlack(present.slackId)).toBe(0);
});

test("a release says that Slack sessions are lost", async () => {
  const victim = addSignedIn();
  await lockedOut(world, await lockOut(world, victim));
  const view = await openRelease(world, "security", victim.email);
  expect(textOf(view)).toContain("Slack sessions: they sign in again.");
});

test("a playbook of the policy's own signs people out of Slack", async () => {
  const victim = addSignedIn();
  const view = await openLockout(world, "security", `@${victim.name}`);
  await sasha().change(view.id, "preset", "own:signed-out");
  await eventually("the preview", () =>
    textOf(world.company.slack.views.get(view.id)).includes("playbook is your policy's own"),
  );
  await sasha().submit(view.id);
  expect(await ended(world, view.id)).toBe("done");
  expect(openAtSlack(victim.slackId)).toBe(0);
});

test("somebody who may lock out and holds no scope for Slack is refused with it, until the step is unticked", async () => {
  const file = await approvalPolicy("lockout-no-slack");
  await writeFile(file, (await readFile(file, "utf8")).replace('"slack:*", ', ""));
  const narrow = await startWorld({ slackAdministration: true, environment: { POLICY_FILE: file } });
  try {
    expect(narrow.log()).toContain("slack:admin.users:write");
    const victim = addVictim(narrow);
    const view = await openLockout(narrow, "security", `@${victim.name}`);
    expect(textOf(view)).toContain("slack:admin.users:write");
    const person = narrow.company.slack.as(PEOPLE.security.id);
    const parts = [
      "zoom-deactivate",
      "zoom-sessions",
      "zoom-meetings",
      "cloudflare-block",
      "cloudflare-sessions",
    ];
    await person.submit(view.id, { parts_full_slack: parts });
    await eventually("the lockout's message", () => rootOf(narrow, view.id));
    expect((await lockedOut(narrow, view.id)).sentence).toMatch(/^Locked\./);
  } finally {
    await narrow.close();
  }
});

test("a token that Slack does not accept stops no start, and its lockouts say what is wrong", async () => {
  const refused = await startWorld({ environment: { SLACK_ADMIN_TOKEN: "xoxp-canary-refused" } });
  try {
    expect(refused.log()).toContain("Slack does not accept SLACK_ADMIN_TOKEN");
    const victim = addVictim(refused);
    const requestId = await lockOut(refused, victim);
    expect((await lockedOut(refused, requestId)).sentence).toBe("NOT locked. Open: Slack sessions.");
    expect(threadOf(refused, requestId).join("\n")).toContain("Slack does not accept SLACK_ADMIN_TOKEN");
    expect(doorsAt(refused, victim)).toEqual(ALL_CLOSED);
    expect(refused.log()).not.toContain("canary");
  } finally {
    await refused.close();
  }
});
