import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSlackSimulator, type SlackSimulator } from "../../playground/slack/server.ts";
import { createSocketMode, type SocketMode } from "../../src/slack/socket-mode.ts";
import { isSocketFrame } from "../../src/slack/socket-frame.ts";

let slack: SlackSimulator;
let socket: SocketMode;
let text: string;
let received: unknown[];

beforeEach(async () => {
  slack = await startSlackSimulator();
  slack.addUser({ id: "U0ADA", name: "ada" });
  text = "";
  received = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  socket = createSocketMode({
    appToken: slack.credentials.appToken,
    apiUrl: `${slack.url}/api/`,
    log: pino({ level: "info" }, stream),
    pause: () => 20,
  });
  socket.receiver.init({
    processEvent: async ({ body, ack }: { body: unknown; ack: () => Promise<void> }) => {
      received.push(body);
      await ack();
    },
  } as unknown as Parameters<SocketMode["receiver"]["init"]>[0]);
});
afterEach(async () => {
  await socket.disconnect();
  await slack.close();
  expect(text).not.toContain(slack.credentials.appToken);
});

async function until(what: string, look: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!look()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}. ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("a refused app token is named, ends nothing, and is tried again until it is given back", async () => {
  slack.switches.refusedTokens.set("app", "token_revoked");
  await socket.connect();
  expect(socket.fault()).toMatch(/^Slack refuses SLACK_APP_TOKEN \(token_revoked\)/);
  await until("more tries", () => slack.calls.length > 3);
  expect(text.split("Slack refuses SLACK_APP_TOKEN")).toHaveLength(2);
  slack.switches.refusedTokens.clear();
  await until("the connection", () => socket.fault() === undefined);
  expect((await slack.as("U0ADA").command("/form")).status).toBe(200);
  expect(received).toHaveLength(1);
});

test("a token that is refused when Slack renews the connection ends nothing either", async () => {
  await socket.connect();
  expect(socket.fault()).toBeUndefined();
  slack.switches.refusedTokens.set("app", "invalid_auth");
  slack.disconnectSockets("refresh_requested");
  await until("the fault", () => socket.fault()?.includes("SLACK_APP_TOKEN (invalid_auth)") === true);
  slack.switches.refusedTokens.clear();
  await until("the connection", () => socket.fault() === undefined && slack.socketConnections() > 0);
  expect((await slack.as("U0ADA").command("/form")).status).toBe(200);
});

test("a Slack that refuses for other reasons, or breaks off, is tried again", async () => {
  for (const fault of [
    { kind: "reset" } as const,
    { kind: "answer", answer: { status: 500, body: "" } } as const,
    { kind: "answer", answer: { status: 200, body: { ok: true } } } as const,
    { kind: "answer", answer: { status: 200, body: { ok: true, url: `${slack.url}/none` } } } as const,
  ])
    slack.addFault({ ...fault, path: /connections\.open/, times: 1 });
  await socket.connect();
  expect(socket.fault()).toContain("no Socket Mode connection");
  expect(socket.fault()).not.toContain("SLACK_APP_TOKEN");
  await until("the connection", () => socket.fault() === undefined);
});

const MALFORMED: readonly (string | Buffer)[] = [
  "null",
  "1",
  "[]",
  "{}",
  "not JSON",
  "",
  "{",
  '{"type":"close"}',
  '{"type":"error"}',
  '{"type":"connected"}',
  '{"type":"disconnected"}',
  '{"type":"ws_message"}',
  '{"type":"slack_event"}',
  '{"type":"events_api"}',
  '{"type":"events_api","envelope_id":"e","payload":null}',
  '{"type":"events_api","envelope_id":"e","payload":{"event":null}}',
  '{"type":{"toString":1},"envelope_id":"e"}',
  '{"__proto__":{"type":"interactive"}}',
  Buffer.from([0, 255, 1]),
];

test("frames that are no envelopes are ignored, and the connection goes on", async () => {
  await socket.connect();
  for (const frame of MALFORMED) slack.sendFrame(frame);
  expect((await slack.as("U0ADA").command("/form")).status).toBe(200);
  expect(socket.fault()).toBeUndefined();
  expect(received).toHaveLength(1);
  expect(text).toContain("ignored a Socket Mode frame");
  expect(MALFORMED.filter((frame) => isSocketFrame(frame))).toEqual([]);
});

test("a delivery that cannot be answered any more ends nothing", async () => {
  await socket.connect();
  const [listener] = socket.receiver.client.listeners("slack_event");
  listener?.({ body: {}, ack: () => Promise.reject(new Error("gone")) });
  await until("the log", () => text.includes("gone"));
  expect(socket.fault()).toBeUndefined();
});
