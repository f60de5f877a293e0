import { afterAll, beforeAll, expect, test } from "vitest";
import { answerHtmlErrorPage } from "../../playground/cloudflare/faults.ts";
import type { FaultKind } from "../../playground/fault.ts";
import { PEOPLE } from "../../playground/company.ts";
import { addLeaver, askFor, offboard } from "./world/leaver.ts";
import { readStory } from "./world/oracle.ts";
import { ALL_DONE, answering, runStruck } from "./world/struck.ts";
import { ended, eventually, rootOf, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { VENDOR_TIMEOUT_SECONDS: "1", READ_BACK_SECONDS: "1" } });
});
afterAll(async () => {
  await world.close();
});
const refused = (error: string): FaultKind => ({
  kind: "answer",
  answer: { status: 200, body: { ok: false, error } },
});
const wait = answering(429, { ok: false, error: "ratelimited" }, { "retry-after": "1" });
const cases: [name: string, path: RegExp, fault: FaultKind][] = [
  ["Slack is silent", /chat\.postMessage/, { kind: "hang" }],
  ["a message meets a fault of Slack's", /chat\.postMessage/, answerHtmlErrorPage(500)],
  ["a message has to wait", /chat\.postMessage/, wait],
  ["a message's answer is lost", /chat\.postMessage/, { kind: "lostAnswer" }],
  ["a message's request is lost", /chat\.postMessage/, { kind: "reset" }],
  ["a message's answer breaks off", /chat\.postMessage/, { kind: "truncated" }],
  ["a message is too long in blocks", /chat\.postMessage/, refused("msg_blocks_too_long")],
  ["an update meets a fault of Slack's", /chat\.update/, answerHtmlErrorPage(500)],
  ["an update's blocks are refused", /chat\.update/, refused("invalid_blocks")],
];

test.each(cases)("a story is complete, in order and told once when %s", async (_name, path, kind) => {
  const { story } = await runStruck(world, {
    strike: () => world.company.slack.addFault({ ...kind, path, times: 1 }),
  });
  expect(story.outcomes).toEqual(ALL_DONE);
});

test("a request whose message had to lose its blocks can still be approved", async () => {
  world.company.slack.addFault({ ...refused("msg_blocks_too_long"), path: /chat\.postMessage/, times: 1 });
  const leaver = addLeaver(world);
  const requestId = await offboard(world, leaver);
  expect((await readStory(world, requestId, leaver)).state).toBe("done");
});

test("when somebody deletes the first message, the whole story is told again under a new one", async () => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver, "deactivate");
  const deleted = await eventually("the first message", () => rootOf(world, requestId));
  // The approver's client still shows it.
  const seen = structuredClone(deleted);
  deleted.deleted = true;
  await world.company.slack.as(PEOPLE.approver.id).click(seen, "request_approve");
  await ended(world, requestId);
  const root = await eventually("the new first message", () => rootOf(world, requestId));
  expect(root.ts).not.toBe(deleted.ts);
  expect((await readStory(world, requestId, leaver)).state).toBe("done");
});

test("a first message whose answer was lost still follows the request to its end", async () => {
  const leaver = addLeaver(world);
  world.company.slack.addFault({ kind: "lostAnswer", path: /chat\.postMessage/, times: 1 });
  const requestId = await offboard(world, leaver);
  const root = await eventually("the end in the first message", () =>
    world.company.slack.messages.find((message) => message.text.includes(`(${leaver.email}). Done`)),
  );
  expect(JSON.stringify(root.blocks)).not.toContain("request_approve");
  await readStory(world, requestId, leaver);
});
