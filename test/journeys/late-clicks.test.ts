import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { PEOPLE, type PersonName } from "../../playground/company.ts";
import type { Message } from "../../playground/slack/state.ts";
import {
  modalText,
  openDenial,
  press,
  refusalsOf,
  requestCount,
  tamper,
  vendorWrites,
  withheld,
} from "./world/refused.ts";
import {
  approve,
  ask,
  ended,
  eventsOf,
  messageIdsOf,
  openForm,
  eventually,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
let writesBefore: number;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});
beforeEach(() => {
  writesBefore = vendorWrites(world).length;
});
afterEach(() => {
  expect(world.company.slack.mistakes).toEqual([]);
});

/** What was changed at the vendors in this test. */
function writes(): string[] {
  return vendorWrites(world).slice(writesBefore);
}

/** A run deactivates once, revokes one token and two places of Cloudflare. */
const ONE_RUN = 4;

async function eventCount(requestId: string, type: string): Promise<number> {
  return (await eventsOf(world, requestId)).filter((event) => event.type === type).length;
}

async function expire(requestId: string): Promise<void> {
  await world.database.query(
    "update deadbolt.request set expires_at = now() - interval '1 second', next_deadline = now() where id = $1",
    [requestId],
  );
}

/** Presses both buttons of a message as it looked before, and sees that it changes nothing. */
async function pressOldCopy(requestId: string, copy: Message, told: string): Promise<void> {
  const state = (await storedRequest(world, requestId))?.state;
  const before = { writes: writes().length, decisions: await eventCount(requestId, "decision.made") };
  const kept = (await refusalsOf(world, PEOPLE.security.id)).length;
  for (const action of ["request_approve", "request_deny"] as const)
    expect(await press(world, PEOPLE.security.id, copy, action)).toBe(
      `:no_entry: ${told} Your click changed nothing.\n*Rule:* a request is decided once`,
    );
  expect((await refusalsOf(world, PEOPLE.security.id)).slice(kept)).toMatchObject([
    { type: "decision.refused", requestId, rule: "a request is decided once" },
    { type: "decision.refused", requestId, rule: "a request is decided once" },
  ]);
  expect((await storedRequest(world, requestId))?.state).toBe(state);
  expect(writes()).toHaveLength(before.writes);
  expect(await eventCount(requestId, "decision.made")).toBe(before.decisions);
}

test("buttons of a finished request stay dead, and those of a pending one alive, over a restart", async () => {
  const finished = await ask(world);
  const finishedCopy = structuredClone(finished.root);
  await approve(world, finished.requestId, "approver");
  expect(await ended(world, finished.requestId)).toBe("done");
  expect(writes()).toHaveLength(ONE_RUN);
  await pressOldCopy(finished.requestId, finishedCopy, "It is done already.");

  const { requestId, root } = await ask(world);
  const copy = structuredClone(root);
  await world.app().kill();
  const missed = await world.company.slack.as(PEOPLE.approver.id).click(root, "request_approve");
  expect(missed.shown).toBe("dispatch_failed");
  await world.restart();
  await pressOldCopy(finished.requestId, finishedCopy, "It is done already.");
  expect(await eventCount(finished.requestId, "run.started")).toBe(1);
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  expect(await press(world, PEOPLE.approver.id, copy)).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");
  expect(writes()).toHaveLength(2 * ONE_RUN);
});

test("a denied request cannot be approved from a message that still shows the button", async () => {
  const { requestId, root } = await ask(world);
  const copy = structuredClone(root);
  const form = await openDenial(world, "approver", root);
  await world.company.slack.as(PEOPLE.approver.id).submit(form.id, { reason: "Sam stays" });
  expect(await ended(world, requestId)).toBe("denied");
  await pressOldCopy(requestId, copy, "It was denied already.");
  expect(writes()).toEqual([]);
});

test("a request that nobody decided in time says so and takes no decision any more", async () => {
  const { requestId, root } = await ask(world);
  const copy = structuredClone(root);
  const form = await openDenial(world, "approver", root);
  await expire(requestId);
  expect(await ended(world, requestId)).toBe("expired");

  expect(rootOf(world, requestId)?.text).toContain("Expired without a decision. Nothing was done.");
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("request_approve");
  expect(threadOf(world, requestId)).toEqual([
    ":alarm_clock: Nobody decided in time. Nothing was done. Ask again if it is still needed.",
  ]);
  const direct = world.company.slack.messages.filter((message) => message.channel.startsWith("D"));
  expect(direct.map(({ text }) => text).join("\n")).toContain(
    "expired without a decision. Nothing was done.",
  );
  const told = "It has expired. If it is still wanted, it has to be asked for again.";
  await pressOldCopy(requestId, copy, told);
  await world.company.slack.as(PEOPLE.approver.id).submit(form.id, { reason: "Too late" });
  expect(modalText(world, "approver")).toContain(`${told} Your click changed nothing.`);
  expect(await eventCount(requestId, "request.expired")).toBe(1);
  expect(writes()).toEqual([]);
});

test("a submission that is delivered again and again is one request", async () => {
  const { slack } = world.company;
  const requests = await requestCount(world);
  const view = await openForm(world, "requester", "@sam");
  const request = await withheld(world, () =>
    slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" }),
  );

  const copies = Array.from({ length: 5 }, () => slack.deliver(request));
  // Pressed twice, it is another delivery of the same form.
  const form = new URLSearchParams(request.body);
  const pressedAgain = JSON.stringify({
    ...(JSON.parse(form.get("payload") ?? "") as object),
    trigger_id: "another.trigger",
  });
  copies.push(slack.deliver(slack.signedRequest({ body: { payload: pressedAgain } })));
  for (const { status } of await Promise.all(copies)) expect(status).toBe(200);
  expect((await slack.deliver(request)).status).toBe(200);

  expect(await requestCount(world)).toBe(requests + 1);
  expect(await eventCount(view.id, "request.created")).toBe(1);
  await eventually("the request's message", () => rootOf(world, view.id));
  expect(messageIdsOf(world, view.id).filter((id) => String(id).endsWith(":root"))).toEqual([
    `${view.id}:root`,
  ]);
  expect(writes()).toEqual([]);
});

test("two approvers at the same moment make one approval and one run", async () => {
  const { requestId } = await ask(world);
  await Promise.all([approve(world, requestId, "approver"), approve(world, requestId, "security")]);
  expect(await ended(world, requestId)).toBe("done");
  expect(await eventCount(requestId, "decision.made")).toBe(1);
  expect(await eventCount(requestId, "request.approved")).toBe(1);
  expect(writes()).toHaveLength(ONE_RUN);
});

test("a click that is delivered twice is one click", async () => {
  const { requestId } = await ask(world);
  const { request } = await approve(world, requestId, "approver");
  const again = await world.company.slack.deliver(request);
  expect(again.status).toBe(200);
  await ended(world, requestId);
  const types = (await eventsOf(world, requestId)).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith("decision."))).toEqual(["decision.made"]);
  expect(writes()).toHaveLength(ONE_RUN);
});

test("twenty clicks of many people at once, approvals and denials, end in one verdict", async () => {
  const { requestId, root } = await ask(world);
  const copy = structuredClone(root);
  const denial = await openDenial(world, "secondSecurity", root);
  const { slack } = world.company;
  const people: PersonName[] = ["approver", "security", "requester", "stranger", "target", "guest"];
  const clicks = Array.from({ length: 19 }, (_unused, index) =>
    slack.as(PEOPLE[people[index % people.length] ?? "approver"].id).click(copy, "request_approve"),
  );
  clicks.push(slack.as(PEOPLE.secondSecurity.id).submit(denial.id, { reason: "Wait" }));
  clicks.push(
    slack.as(PEOPLE.approver.id).click(
      tamper(copy, (value) => value.replace(/"plan":"./, '"plan":"~')),
      "request_approve",
    ),
  );
  for (const { status } of await Promise.all(clicks)) expect(status).toBe(200);

  const state = await ended(world, requestId);
  const verdicts =
    (await eventCount(requestId, "request.approved")) + (await eventCount(requestId, "request.denied"));
  expect(verdicts).toBe(1);
  expect(await eventCount(requestId, "decision.made")).toBe(1);
  expect(await eventCount(requestId, "run.started")).toBe(state === "denied" ? 0 : 1);
  expect(writes()).toHaveLength(state === "denied" ? 0 : ONE_RUN);
  const ids = messageIdsOf(world, requestId);
  expect(new Set(ids).size).toBe(ids.length);
});
