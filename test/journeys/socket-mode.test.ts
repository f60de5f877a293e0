import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";
import type { Delivery, JsonObject, RawRequest } from "../../playground/slack/state.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { lastRefusalOf, press, requestCount, vendorWrites } from "./world/refused.ts";
import {
  approve,
  ask,
  ended,
  eventually,
  eventsOf,
  noticeAfter,
  openForm,
  outcomesOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
let elsewhere: Simulator;
beforeAll(async () => {
  world = await startWorld({ environment: { SLACK_APP_TOKEN: "xapp-playground-app-token" } });
  elsewhere = await startSimulator("elsewhere", () => ({ status: 200, body: "" }));
  world.company.slack.requestUrl = undefined;
  await connected();
});
afterAll(async () => {
  expect(elsewhere.calls).toEqual([]);
  await world.close();
  await elsewhere.close();
});
afterEach(() => {
  expect(world.company.slack.mistakes).toEqual([]);
});

function connected(): Promise<boolean> {
  return eventually("a Socket Mode connection", () => world.company.slack.socketConnections() > 0);
}

const payloadOf = ({ request }: Delivery) => (JSON.parse(request.body) as { payload: JsonObject }).payload;

/** A delivery of its own, around any payload; the socket's deliveries carry no signature. */
function enveloped({ request }: Delivery, payload: unknown): RawRequest {
  const envelope = { ...(JSON.parse(request.body) as JsonObject), envelope_id: randomUUID(), payload };
  return { ...request, body: JSON.stringify(envelope) };
}

/** The same payload, changed, with a trigger of its own. */
function changed(delivery: Delivery, change: (payload: JsonObject) => void): RawRequest {
  const payload = { ...payloadOf(delivery), trigger_id: `forged.${randomUUID()}` };
  change(payload);
  return enveloped(delivery, payload);
}

test("an offboarding goes from the command to the proven end without any public address", async () => {
  const { requestId } = await ask(world);
  expect(vendorWrites(world)).toEqual([]);
  await approve(world, requestId, "approver");
  expect(await ended(world, requestId)).toBe("done");
  expect(await outcomesOf(world, requestId)).toMatchObject({
    deactivate: "verified",
    "revoke-cloudflare-account": "verified",
  });
  const sam = [...world.company.zoom.users.values()].find((user) => user.email === emailOf("target"));
  expect(sam?.status).toBe("inactive");
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
});

test("HTTP is no second way in: a rightly signed request finds nobody", async () => {
  const { slack } = world.company;
  const { requestUrl } = world.app();
  const body = { command: "/zoom-offboard", team_id: slack.credentials.teamId, user_id: PEOPLE.requester.id };
  const { status } = await slack.deliver(slack.signedRequest({ url: requestUrl, body }));
  expect(status).toBe(404);
});

test("refusals are the same as by HTTP", async () => {
  const { requestId, root } = await ask(world);
  expect(await press(world, PEOPLE.requester.id, root)).toContain("*Rule:* nobody decides their own request");
  expect(await lastRefusalOf(world, "requester")).toMatchObject({ type: "decision.refused", requestId });
  const told = await noticeAfter(world, "stranger", () =>
    world.company.slack.as(PEOPLE.stranger.id).command("/zoom-offboard", "@sam"),
  );
  expect(told).toMatch(
    /Ask <@U0ALEX>.* \(it-admins or security\)\.|Deadbolt cannot list who holds the role it-admins or security now/,
  );
  expect(await lastRefusalOf(world, "stranger")).toMatchObject({ type: "request.refused" });
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

const OTHER = "This app serves another Slack workspace or app. Nothing was done.";

test("deliveries of others, and addresses of others, are refused over the socket as well", async () => {
  const { slack } = world.company;
  const { requestId, root, submission } = await ask(world);
  const command = await slack.as(PEOPLE.stranger.id).command("/zoom-offboard", "@sam");
  const click = await slack.as(PEOPLE.stranger.id).click(root, "request_approve");
  const asApprover = (payload: JsonObject) =>
    Object.assign(payload, { user: { id: PEOPLE.approver.id, team_id: slack.credentials.teamId } });
  const requests = await requestCount(world);
  const writes = vendorWrites(world).length;

  for (const foreign of [{ team: { id: "T0OTHER" }, team_id: "T0OTHER" }, { api_app_id: "A0OTHER" }]) {
    const forge = (delivery: Delivery) =>
      slack.deliver(changed(delivery, (payload) => void Object.assign(asApprover(payload), foreign)));
    expect((await forge(command)).body).toContain(OTHER);
    expect((await forge(submission)).body).toContain(OTHER);
    expect(await forge(click)).toMatchObject({ status: 200, body: "" });
  }
  for (const delivery of [command, click]) {
    const answered = await slack.deliver(
      changed(delivery, (payload) => void (asApprover(payload)["response_url"] = elsewhere.url)),
    );
    expect(answered).toMatchObject({ status: 200, body: "" });
  }
  expect(await requestCount(world)).toBe(requests);
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  expect(vendorWrites(world)).toHaveLength(writes);
});

test("an envelope without an object in it is not acted on, and the app stays up", async () => {
  const { slack } = world.company;
  const command = await slack.as(PEOPLE.stranger.id).command("/zoom-offboard", "@sam");
  const calls = slack.calls.length;
  const payloads = [
    null,
    [],
    1,
    "x",
    {},
    { type: "block_actions" },
    JSON.parse('{"__proto__":{"type":"x"}}'),
  ];
  const requests = payloads.map((payload: unknown) => enveloped(command, payload));
  requests.push({
    ...command.request,
    body: JSON.stringify({ envelope_id: "w", type: "unheard_of", payload: {} }),
  });
  const answers = await Promise.all(requests.map((request) => slack.deliver(request)));
  expect(answers.map(({ body }) => body).join("")).toBe("");
  expect(world.app().process.exitCode).toBeNull();
  expect(slack.calls.slice(calls).map(({ request }) => request.path)).not.toContain("/api/views.open");
  expect(slack.socketConnections()).toBeGreaterThan(0);
});

test("an envelope that is delivered again is one command, one request and one approval", async () => {
  const { slack } = world.company;
  const { requestId, submission } = await ask(world);
  const requests = await requestCount(world);
  const again = (delivery: Delivery) => slack.deliver(enveloped(delivery, payloadOf(delivery)));
  const answers = await Promise.all([again(submission), again(submission)]);
  expect(answers.map(({ body }) => body)).toEqual(["", ""]);
  const click = await approve(world, requestId, "approver");
  await Promise.all([again(click), again(click)]);
  await ended(world, requestId);
  expect(await requestCount(world)).toBe(requests);
  const types = (await eventsOf(world, requestId)).map(({ type }) => type);
  for (const type of ["request.created", "decision.made", "run.started"])
    expect(types.filter((one) => one === type)).toHaveLength(1);
  expect(types).not.toContain("decision.refused");
});

test("when Slack renews the connection, an open form and a pending request go on", async () => {
  const { slack } = world.company;
  const { requestId } = await ask(world);
  const view = await openForm(world, "requester", "@eve");
  slack.addFault({ kind: "answer", path: /connections\.open/, times: 1, answer: { status: 500, body: "" } });
  slack.disconnectSockets("refresh_requested");
  await connected();
  const { body } = await slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left" });
  expect(body).toContain("Request made");
  await approve(world, requestId, "approver");
  expect(await ended(world, requestId)).toBe("done");
});
