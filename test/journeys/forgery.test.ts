import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT } from "../../playground/app-process.ts";
import { PEOPLE } from "../../playground/company.ts";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";
import type { JsonObject, RawRequest } from "../../playground/slack/state.ts";
import { requestCount, vendorWrites, withheld } from "./world/refused.ts";
import {
  ask,
  eventually,
  openForm,
  startWorld,
  storedRequest,
  storyTold,
  type World,
} from "./world/world.ts";

let world: World;
let elsewhere: Simulator;
let pending: string;
/** One genuine request of each kind, kept back so that its trigger is fresh. */
const genuine = new Map<string, RawRequest>();
const KINDS = ["command", "submission", "click"];

beforeAll(async () => {
  world = await startWorld();
  elsewhere = await startSimulator("elsewhere", () => ({ status: 200, body: "" }));
  const { slack } = world.company;
  const { requestId, root } = await ask(world);
  pending = requestId;
  const view = await openForm(world, "requester", "@eve");
  const riley = slack.as(PEOPLE.requester.id);
  const alex = slack.as(PEOPLE.approver.id);
  // Messages to those who may approve are calls of ours as well.
  await storyTold(world, requestId);
  genuine.set("command", await withheld(world, () => riley.command("/zoom-offboard", "@sam")));
  genuine.set("submission", await withheld(world, () => riley.submit(view.id, { reason: "Left" })));
  genuine.set("click", await withheld(world, () => alex.click(root, "request_approve")));
});
afterAll(async () => {
  await world.close();
  await elsewhere.close();
});

function genuineOf(kind: string): RawRequest {
  const request = genuine.get(kind);
  if (request === undefined) throw new Error(`There is no genuine ${kind}.`);
  return request;
}

/** The same request with other contents, signed like Slack's own. */
function changed(kind: string, change: (body: JsonObject) => void): RawRequest {
  const form = Object.fromEntries(new URLSearchParams(genuineOf(kind).body));
  const body = (kind === "command" ? form : JSON.parse(form["payload"] ?? "")) as JsonObject;
  // A delivery of its own: what it is refused for must not be that it came before.
  body["trigger_id"] = `forged.${Math.random()}`;
  change(body);
  const fields = kind === "command" ? (body as Record<string, string>) : { payload: JSON.stringify(body) };
  return world.company.slack.signedRequest({ body: fields });
}

const seconds = () => Math.floor(Date.now() / 1_000);
const signed = (body: string, forgery: { timestamp?: number; secret?: string }) =>
  world.company.slack.signedRequest({ body, ...forgery });
function without({ headers, ...request }: RawRequest, name: string): RawRequest {
  const { [name]: _removed, ...rest } = headers;
  return { ...request, headers: rest };
}
function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

const FORGERIES: [string, (request: RawRequest) => RawRequest][] = [
  ["signed with another secret", ({ body }) => signed(body, { secret: "another-signing-secret" })],
  ["without a signature", (request) => without(request, "x-slack-signature")],
  ["with an empty signature", (request) => withHeader(request, "x-slack-signature", "")],
  ["of another body", ({ body }) => ({ ...signed("ssl_check=0", {}), body })],
  ["without a timestamp", (request) => without(request, "x-slack-request-timestamp")],
  ["with no number as timestamp", (request) => withHeader(request, "x-slack-request-timestamp", "now")],
  ["of 301 seconds ago", ({ body }) => signed(body, { timestamp: seconds() - 301 })],
  ["of 301 seconds ahead", ({ body }) => signed(body, { timestamp: seconds() + 302 })],
  [
    "with a fresh timestamp on an old signature",
    ({ body }) =>
      withHeader(
        signed(body, { timestamp: seconds() - 600 }),
        "x-slack-request-timestamp",
        String(seconds()),
      ),
  ],
];

/** What the app asked of Slack; an answer by the address that came with a click asks nothing. */
const apiCalls = () =>
  world.company.slack.calls.filter(({ request }) => request.path.startsWith("/api/")).length;

/** Nothing was asked of Slack, stored, decided or sent to a vendor. */
async function expectNothing(before: { calls: number; requests: number }): Promise<void> {
  expect(apiCalls()).toBe(before.calls);
  expect(await requestCount(world)).toBe(before.requests);
  expect(await storedRequest(world, pending)).toMatchObject({ state: "pending" });
  expect(vendorWrites(world)).toEqual([]);
  expect(elsewhere.calls).toEqual([]);
}
async function now(): Promise<{ calls: number; requests: number }> {
  return { calls: apiCalls(), requests: await requestCount(world) };
}

test.each(FORGERIES.flatMap(([how, forge]) => KINDS.map((kind) => ({ how, kind, forge }))))(
  "a $kind $how is refused",
  async ({ kind, forge }) => {
    const before = await now();
    expect((await world.company.slack.deliver(forge(genuineOf(kind)))).status).toBe(401);
    await expectNothing(before);
  },
);

test.each(KINDS)("ssl_check does not smuggle a %s in", async (kind) => {
  const before = await now();
  const request = genuineOf(kind);
  for (const body of [`ssl_check=1&${request.body}`, `${request.body}&ssl_check=1`]) {
    const fresh = { ...request, body };
    for (const forged of [
      fresh,
      without(fresh, "x-slack-signature"),
      without(fresh, "x-slack-request-timestamp"),
    ])
      expect((await world.company.slack.deliver(forged)).body).toBe("");
  }
  await expectNothing(before);
});

const OTHER =
  "This app serves another Slack workspace or app. Nothing was done. Ask in the workspace that it is set up for.";

test.each([
  [
    "another workspace",
    (body: JsonObject) => Object.assign(body, { team_id: "T0OTHER", team: { id: "T0OTHER" } }),
  ],
  ["no workspace", (body: JsonObject) => Object.assign(body, { team_id: "", team: null })],
  ["another app", (body: JsonObject) => Object.assign(body, { api_app_id: "A0OTHER" })],
])("deliveries of %s are refused, though rightly signed", async (_whose, change) => {
  const before = await now();
  const { slack } = world.company;
  const command = await slack.deliver(changed("command", change));
  expect(JSON.parse(command.body)).toEqual({ response_type: "ephemeral", text: OTHER });
  const submission = await slack.deliver(changed("submission", change));
  expect(JSON.parse(submission.body)).toMatchObject({
    response_action: "update",
    view: { title: { text: "Not allowed" }, blocks: [{ text: { text: OTHER } }] },
  });
  const click = await slack.deliver(changed("click", change));
  expect([click.status, click.body]).toEqual([200, ""]);
  await eventually("whoever clicked to be told", () => slack.notices.some(({ text }) => text === OTHER));
  slack.notices.length = 0;
  await expectNothing(before);
});

test("answers go to Slack alone, whatever address a delivery names", async () => {
  const before = await now();
  const { slack } = world.company;
  const addresses = [
    `${elsewhere.url}/steal`,
    elsewhere.url.replace("http://", "http://hooks.slack.com@"),
    "http://hooks.slack.com/commands/1",
    "https://hooks.slack.com.evil.example/1",
    "https://hooks.slack.com:8443/1",
    "file:///etc/passwd",
    "//hooks.slack.com/1",
    "x",
  ];
  for (const address of addresses)
    for (const kind of ["command", "click"])
      expect((await slack.deliver(changed(kind, (body) => (body["response_url"] = address)))).body).toBe("");
  const inForm = changed("submission", (body) => (body["response_urls"] = [{ response_url: elsewhere.url }]));
  expect((await slack.deliver(inForm)).body).toBe("");
  const help = changed("command", (body) => {
    body["command"] = "/deadbolt";
    body["text"] = "requests";
    body["response_url"] = elsewhere.url;
  });
  expect((await slack.deliver(help)).body).toBe("");
  await expectNothing(before);
});

test("bodies that are no object are refused, and the app stays up", async () => {
  const before = await now();
  const { slack } = world.company;
  for (const payload of ["null", "[]", "1", '"x"', "{", "", "true"])
    for (const request of [
      slack.signedRequest({ body: { payload } }),
      slack.signedRequest({ body: payload, contentType: "application/json" }),
    ])
      expect((await slack.deliver(request)).status, `${payload} in ${request.body}`).toBe(400);
  const long = slack.signedRequest({ body: { payload: `{"a":"${"x".repeat(5_000_000)}"}` } });
  expect((await slack.deliver(long)).status).toBe(413);
  expect((await fetch(`${world.app().url}/healthz`)).status).toBe(200);
  await expectNothing(before);
});

test("keys of the prototype make nobody somebody else", async () => {
  const before = await now();
  const { slack } = world.company;
  const team = '{"id":"T0DEADBOLT"}';
  for (const kind of ["submission", "click"]) {
    const { body: form } = changed(kind, (body) => delete body["team"]);
    const payload = new URLSearchParams(form).get("payload") ?? "";
    for (const key of ["__proto__", "constructor"]) {
      const injected = payload.replace("{", `{"${key}":{"team":${team},"prototype":{"team":${team}}},`);
      const { body } = await slack.deliver(slack.signedRequest({ body: { payload: injected } }));
      expect(body).not.toContain("Request made");
    }
  }
  await expectNothing(before);
  await slack.as(PEOPLE.stranger.id).command("/zoom-offboard", "@sam");
  await eventually("the refusal", () =>
    slack.notices.some(({ toUser, text }) => toUser === PEOPLE.stranger.id && text.startsWith(":no_entry:")),
  );
});

test("only a POST to the one path is a delivery", async () => {
  const before = await now();
  const { url, headers, body } = genuineOf("command");
  const { "content-type": _form, ...plain } = headers;
  for (const method of ["GET", "PUT", "DELETE", "OPTIONS", "HEAD"])
    expect((await fetch(url, { method, headers: plain })).status).toBe(404);
  for (const path of ["/slack/event", "/slack/events/", "/slack/events/x", "/SLACK/EVENTS", "/"])
    expect((await fetch(new URL(path, url), { method: "POST", headers, body })).status).toBe(404);
  await expectNothing(before);
});

test("the genuine deliveries do work, and once: a replay within five minutes does nothing", async () => {
  const { slack } = world.company;
  const opened = () => slack.calls.filter(({ request }) => request.path === "/api/views.open").length;
  const before = opened();
  const request = genuineOf("command");
  for (let times = 0; times < 3; times += 1) expect((await slack.deliver(request)).status).toBe(200);
  await eventually("the form", () => opened() === before + 1);
  const submission = genuineOf("submission");
  expect((await slack.deliver(submission)).body).toContain("Request made");
  expect((await slack.deliver(submission)).body).toBe("");
  expect(opened()).toBe(before + 1);
});

test("without Socket Mode, an empty signing secret ends the start with 78", async () => {
  const child = spawn(process.execPath, ["src/main.ts"], {
    cwd: PROJECT,
    env: {
      PATH: process.env["PATH"],
      ...world.company.environment,
      POLICY_FILE: "playground/policy.yml",
      DATABASE_URL: world.databaseUrl,
      SLACK_SIGNING_SECRET: "",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  expect(await once(child, "exit")).toEqual([78, null]);
  expect(text).toContain("SLACK_SIGNING_SECRET is missing");
});
