import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { approverMessage, newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { modalText, requestCount } from "./world/refused.ts";
import {
  ask,
  ended,
  eventually,
  eventsOf,
  noticeAfter,
  openForm,
  rootOf,
  startWorld,
  threadOf,
  type World,
} from "./world/world.ts";

const GLASS = { break_glass: ["yes"] };

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("glass") } });
});
afterAll(async () => {
  await world.close();
});

test("glass that is broken runs at once, tells everyone passed over, and is reviewed by somebody else", async () => {
  const { slack } = world.company;
  const { requestId } = await ask(world, { values: GLASS });
  expect(await ended(world, requestId)).toBe("done");
  expect(threadOf(world, requestId).join("\n")).toContain("<@U0RILEY> used break-glass");
  for (const person of ["approver", "security", "secondSecurity"] as const)
    expect(JSON.stringify((await approverMessage(world, person, requestId)).blocks)).toContain(
      "Break-glass: running without approval",
    );

  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error("The message is gone.");
  const copy = structuredClone(root);
  for (const [person, told] of [
    ["requester", "You ran this yourself"],
    ["target", "This was about you"],
    ["approver", "You hold none of the roles that review this"],
  ] as const)
    expect(
      await noticeAfter(world, person, () => slack.as(PEOPLE[person].id).click(root, "request_review")),
    ).toContain(told);

  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE.security.id).click(root, "request_review");
  const form = await newViewOf(world, "security", known);
  await slack.as(PEOPLE.security.id).submit(form.id, { verdict: "no", note: "Sam could have waited" });
  await eventually("the review in the thread", () =>
    threadOf(world, requestId).some((line) =>
      line.includes("*It was not justified.*\nSam could have waited"),
    ),
  );
  expect(
    await noticeAfter(world, "secondSecurity", () =>
      slack.as(PEOPLE.secondSecurity.id).click(copy, "request_review"),
    ),
  ).toContain("This review was closed already.");
  const events = await eventsOf(world, requestId);
  expect(events.filter(({ type }) => type === "review.closed")).toHaveLength(1);
});

test("glass is broken only as often as the policy lets one, and only by those who may", async () => {
  const { slack } = world.company;
  const second = await ask(world, { target: "stranger", values: GLASS });
  expect(await ended(world, second.requestId)).toBe("done");
  const form = await openForm(world, "requester", "@owen");
  await slack.as(PEOPLE.requester.id).submit(form.id, { reason: "Again", ...GLASS });
  await eventually("the refusal", () => modalText(world, "requester").includes("Try again after <!date^"));
  expect(modalText(world, "requester")).toContain("Break-glass can be used at most 2 times");

  const others = await openForm(world, "security", "@owen");
  expect(JSON.stringify(others.content)).not.toContain("break_glass");
});

test("somebody without the scope who sends the choice all the same is refused", async () => {
  const { slack } = world.company;
  const before = await requestCount(world);
  const form = await openForm(world, "security", "@owen");
  // As a forged form would: the choice is there, though it was never offered.
  const content = form.content as unknown as { blocks: unknown[] };
  const offered = await openForm(world, "requester", "@owen");
  const glass = (offered.content as unknown as { blocks: { block_id?: string }[] }).blocks.find(
    ({ block_id: id }) => id === "break_glass",
  );
  content.blocks.push(glass);
  await slack.as(PEOPLE.security.id).submit(form.id, { reason: "Now", ...GLASS });
  await eventually("the refusal", () =>
    modalText(world, "security").includes("break-glass needs the scope deadbolt:break-glass"),
  );
  expect(await requestCount(world)).toBe(before);
});
