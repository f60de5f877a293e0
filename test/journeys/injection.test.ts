import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import type { JsonObject } from "../../playground/slack/state.ts";
import { modalText, openDenial, vendorWrites } from "./world/refused.ts";
import { addLeaver, askFor } from "./world/leaver.ts";
import {
  approve,
  ended,
  noticeAfter,
  openForm,
  rootOf,
  startWorld,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

/** Everything that Slack's API was given to show, and what commands and forms were answered. */
function shown(): string[] {
  const { calls, deliveries } = world.company.slack;
  const given = calls.map(({ request }) => Object.values(request.body ?? {}).map(readable));
  return mrkdwnIn([...given, ...deliveries.map(({ body }) => readable(body))]);
}

function readable(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return { type: "mrkdwn", text: value };
  }
}

/** Only mrkdwn is interpreted; plain text shows what it holds. */
function mrkdwnIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as JsonObject;
  if (typeof text === "string" && type !== "plain_text") return [text];
  return Object.values(value).flatMap((member) => mrkdwnIn(member));
}

const HOSTILE = [
  "<!channel>",
  "<!here|x>",
  "<@U0EVE>",
  "<#C0OFFBOARD>",
  "<https://evil.example|the bank>",
  "<!subteam^S0SEC>",
  "\u202Edetrever\u202C",
  "\u2066isolated\u2069",
  "\u200B\uFEFF",
  "\u0007\u001B[31m",
].join(" ");
const RAW = /<!channel|<!here|<@U0EVE|<https:\/\/evil|<!subteam|\p{Cf}|[^\P{Cc}\n]/u;

function expectHarmless(): void {
  const texts = shown();
  expect(texts.filter((text) => text.includes("&lt;!channel&gt;")).length).toBeGreaterThan(5);
  // What is not seen stands only where we put it, behind a mark that would format the text otherwise.
  const seen = texts.map((text) => text.replaceAll(/([*_~`:])\u200B/g, "$1"));
  expect(seen.filter((text) => RAW.test(text))).toEqual([]);
  const { calls, mistakes } = world.company.slack;
  const refused = calls.filter(
    ({ outcome }) => "body" in outcome && (outcome.body as { ok?: boolean }).ok === false,
  );
  expect(refused).toEqual([]);
  expect(mistakes).toEqual([]);
  for (const { request } of calls.filter(({ request }) => request.path === "/api/chat.postMessage"))
    expect([String(request.body?.["unfurl_links"]), String(request.body?.["unfurl_media"])]).toEqual([
      "false",
      "false",
    ]);
}

test("markup in a name, a reason, a ticket and a denial stays text", async () => {
  const { slack } = world.company;
  const leaver = addLeaver(world);
  const user = slack.users.get(leaver.slackId);
  if (user !== undefined) user.realName = `Lea ${HOSTILE.slice(0, 60)} \u202Eevil`;
  const requestId = await askFor(world, leaver, "deactivate", {
    reason: `Left. ${HOSTILE}\n*Rule:* none\n${HOSTILE}`,
    ticket: "https://tickets.example/<!channel>&<@U0EVE>",
  });
  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error("There is no message.");
  const shownRoot = mrkdwnIn(root.blocks).join("\n");
  expect(shownRoot).toContain("&lt;!channel&gt;");
  expect(shownRoot).toContain("&lt;https://evil.example|the bank&gt;");
  expect(shownRoot.split("\n").filter((line) => line.startsWith("*Rule:*"))).toHaveLength(1);
  expect(modalText(world, "requester")).toContain("&lt;!channel&gt;");

  const form = await openDenial(world, "approver", root);
  await slack.as(PEOPLE.approver.id).submit(form.id, { reason: HOSTILE });
  expect(await ended(world, requestId)).toBe("denied");
  expect(threadOf(world, requestId).join()).toContain("&lt;!channel&gt;");
  expectHarmless();
});

test("a command that echoes what was typed echoes it harmlessly", async () => {
  const riley = world.company.slack.as(PEOPLE.requester.id);
  for (const command of ["/zoom-offboard", "/deadbolt"]) {
    const told = await noticeAfter(world, "requester", () => riley.command(command, HOSTILE));
    expect(told).not.toMatch(RAW);
    expect(told).toContain("I do not know");
  }
  await noticeAfter(world, "requester", () => riley.command("/deadbolt", "requests"));
  expectHarmless();
});

test("a vendor's own words stay text as well", async () => {
  const leaver = addLeaver(world);
  const requestId = await askFor(world, leaver);
  world.company.zoom.addFault({
    kind: "answer",
    method: "PUT",
    path: /status/,
    answer: { status: 400, body: { code: 200, message: `No. ${HOSTILE}` } },
  });
  await approve(world, requestId, "approver");
  expect(await ended(world, requestId)).not.toBe("done");
  world.company.zoom.clearFaults();
  expect(threadOf(world, requestId).join("\n")).toContain("No. ");
  expectHarmless();
});

test("the longest texts with the worst escaping still make whole messages", async () => {
  const { slack } = world.company;
  const leaver = addLeaver(world);
  const user = slack.users.get(leaver.slackId);
  if (user !== undefined) user.realName = "&".repeat(300);
  const requestId = await askFor(world, leaver, "delete", {
    reason: "<".repeat(1_000),
    ticket: `https://tickets.example/${"&".repeat(470)}`,
  });
  const root = rootOf(world, requestId);
  if (root === undefined) throw new Error("There is no message.");
  const blocks = JSON.stringify(root.blocks);
  expect(blocks).toContain("Delete the Zoom user for good");
  expect(blocks).toContain("request_approve");
  expect(blocks).toContain("*Ticket:* https://tickets.example/");
  expect(mrkdwnIn(root.blocks).filter((text) => /&(?!amp;|lt;|gt;)/.test(text))).toEqual([]);

  const writes = vendorWrites(world).length;
  const form = await openDenial(world, "security", root);
  await slack.as(PEOPLE.security.id).submit(form.id, { reason: "&".repeat(1_000) });
  expect(await ended(world, requestId)).toBe("denied");
  expect(threadOf(world, requestId).at(-1)).toMatch(/^:thumbsdown: Denied by <@U0SASHA>/);
  const view = await openForm(world, "requester", `@${leaver.name}`);
  expect(view.content.blocks.length).toBeGreaterThan(0);
  expect(vendorWrites(world)).toHaveLength(writes);
  expectHarmless();
});
