import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebClient } from "@slack/web-api";
import { afterEach, expect, test } from "vitest";
import { findPosted, metadataOf, type SlackMessage } from "../../src/slack/find-posted.ts";

const SINCE = new Date(Date.UTC(2026, 5, 1, 12));
const message: SlackMessage = { id: "V0:root", channel: "C0", text: "", blocks: [] };
const other = { ts: "1.1", metadata: metadataOf({ ...message, id: "V1:root" }) };
const same = { ts: "2.2", metadata: metadataOf(message) };

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Slack with pages of messages; what each call asked for is kept. */
async function slackWith(pages: readonly (readonly object[])[]) {
  const asked: Record<string, string>[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    asked.push({ method: request.url ?? "", ...form });
    const page = Number(form["cursor"] ?? 0);
    const next_cursor = page + 1 < pages.length ? String(page + 1) : "";
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, messages: pages[page], response_metadata: { next_cursor } }));
  };
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { client: new WebClient("xoxb-test", { slackApiUrl: `http://127.0.0.1:${port}/` }), asked };
}

test("a lost post is found on a later page", async () => {
  const { client, asked } = await slackWith([[other], [], [other, same]]);
  expect(await findPosted(client, message, SINCE)).toEqual({ channel: "C0", ts: "2.2" });
  expect(asked.map(({ method, cursor }) => [method, cursor])).toEqual([
    ["/conversations.history", undefined],
    ["/conversations.history", "1"],
    ["/conversations.history", "2"],
  ]);
  expect(asked[0]).toMatchObject({ channel: "C0", oldest: String(SINCE.getTime() / 1_000 - 60) });
});

test("a reply is looked for in its thread, and one that was never posted is not found", async () => {
  const foreign = { ts: "3.3", metadata: { event_type: "foreign", event_payload: { id: message.id } } };
  const { client, asked } = await slackWith([[other, foreign, { ts: "4.4" }], [other]]);
  expect(await findPosted(client, { ...message, threadTs: "1.0" }, SINCE)).toBeUndefined();
  expect(asked.map(({ method, ts }) => [method, ts])).toEqual([
    ["/conversations.replies", "1.0"],
    ["/conversations.replies", "1.0"],
  ]);
});
