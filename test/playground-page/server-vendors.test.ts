import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PEOPLE, REQUESTS_CHANNEL, startCompany, type Company } from "../../playground/company.ts";
import type { FaultName, FaultPlace, Snapshot } from "../../playground/page-api.ts";
import { followRefusals } from "../../playground/page-server/refusals.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { startSlackSimulator } from "../../playground/slack/server.ts";
import { eventually } from "../journeys/world/world.ts";
import { openPage, post, type OpenPage } from "./page-client.ts";

const ME = PEOPLE.requester.id;

let company: Company;
let server: PageServer;
let page: OpenPage;

beforeAll(async () => {
  company = await startCompany({ rateLimits: false });
  server = await startPageServer({ company, auditEnvironment: {} });
  page = await openPage(server.url, ME);
});
afterAll(async () => {
  page.close();
  await server.close();
  await company.close();
});

function callSlack(method: string, body: object): Promise<Response> {
  return fetch(`${company.slack.url}/api/${method}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${company.slack.credentials.botToken}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(body),
  });
}

describe("faults on demand", () => {
  afterEach(() => fetch(`${server.url}/api/faults`, { method: "DELETE" }));

  const order = (place: FaultPlace, fault: FaultName) => post(server.url, "/api/faults", { place, fault });
  const callZoom = () => fetch(`${company.zoom.apiUrl}/users/me`, { signal: AbortSignal.timeout(300) });

  test.each([
    ["429", 429],
    ["500", 500],
    ["down", 503],
  ] as const)("%s at Zoom answers %i", async (fault, status) => {
    await order("zoom", fault);
    const answer = await callZoom();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain(fault === "down" ? "text/html" : "application/json");
    await page.see("the call", ({ calls }) => calls.at(-1)?.answer === String(status));
  });

  test.each([
    ["reset", "connection reset", /fetch failed/],
    ["hang", "no answer", /timeout/],
  ] as const)("%s at Zoom never answers", async (fault, answer, error) => {
    await order("zoom", fault);
    await expect(callZoom()).rejects.toThrow(error);
    const call = await page.see("the call", ({ calls }) =>
      calls.at(-1)?.answer === answer ? calls.at(-1) : undefined,
    );
    expect(call).toMatchObject({ vendor: "zoom", path: "/v2/users/me", ok: false });
  });

  test("slow answers rightly, after two seconds", async () => {
    await order("cloudflare", "slow");
    const begun = performance.now();
    const answer = await fetch(`${company.cloudflare.apiUrl}/accounts/none/access/users`);
    expect(performance.now() - begun).toBeGreaterThan(1_900);
    expect(answer.status).toBe(400);
  });

  test("Slack's directory fails alone, and the later order at one place counts", async () => {
    await order("slack-directory", "reset");
    await order("slack-directory", "500");
    expect((await callSlack("users.info", { user: ME })).status).toBe(500);
    expect((await callSlack("usergroups.users.list", { usergroup: "S0IT" })).status).toBe(500);
    expect((await callSlack("auth.test", {})).status).toBe(200);
    await order("slack", "429");
    expect((await callSlack("auth.test", {})).headers.get("retry-after")).toBe("1");
    expect((await callSlack("users.info", { user: ME })).status).toBe(500);
    const { faults, refusals } = await page.see(
      "both faults",
      (snapshot): Snapshot | false => snapshot.faults.length === 2 && snapshot,
    );
    expect(faults).toEqual([
      { place: "slack-directory", fault: "500" },
      { place: "slack", fault: "429" },
    ]);
    expect(refusals).toEqual([]);
  });
});

describe("what Slack refuses, in plain words", () => {
  test.each([
    [
      "chat.postMessage",
      { channel: REQUESTS_CHANNEL, text: "x", blocks: [{ type: "section" }] },
      "invalid_blocks",
      /^Slack cannot show a part of the message that the app sent\. Slack says: .* at \/blocks\/0/,
    ],
    [
      "views.open",
      {
        trigger_id: "1.2.3",
        view: { type: "modal", title: { type: "plain_text", text: "T" }, blocks: [{ type: "divider" }] },
      },
      "invalid_trigger_id",
      /^The app used a click that Slack does not know\.$/,
    ],
    [
      "chat.postMessage",
      { channel: "C0NONE", text: "x" },
      "channel_not_found",
      /channel that does not exist/,
    ],
    ["no.such", {}, "unknown_method", /a method that Slack does not have/],
  ])("%s %j", async (method, body, code, words) => {
    await callSlack(method, body);
    const refusal = await page.see("the refusal", ({ refusals }) =>
      refusals.at(-1)?.code === code ? refusals.at(-1) : undefined,
    );
    expect(refusal.words).toMatch(words);
    expect(page.snapshot().calls.at(-1)).toMatchObject({ answer: `200 ${code}`, ok: false });
  });

  test("every refusal has a key of its own", () => {
    const keys = page.snapshot().refusals.map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(3);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("a missing scope is named, and so is what an acknowledgement got wrong", async () => {
    const slack = await startSlackSimulator({ scopes: ["chat:write"] });
    const refusals = followRefusals(slack);
    const answer = await fetch(`${slack.url}/api/users.list`, {
      headers: { authorization: `Bearer ${slack.credentials.botToken}` },
    });
    await answer.text();
    slack.mistakes.push(
      "The submission's acknowledgement is refused: invalid_arguments; missing required field: title [json-pointer:/view]",
      'Unknown response_action: "dance"',
    );
    refusals.look();
    refusals.look();
    expect(refusals.list().map(({ code, words }) => [code, words])).toEqual([
      ["missing_scope", expect.stringMatching(/a scope is missing\. Slack says: needed users:read\.$/)],
      [
        "invalid_arguments",
        "The submission's acknowledgement is refused. Slack cannot show what the app sent. Slack says: missing required field: title at /view.",
      ],
      ["invalid_acknowledgement", 'Unknown response_action: "dance"'],
    ]);
    refusals.close();
    await slack.close();
  });

  test("what is only news is no refusal", async () => {
    const before = page.snapshot().refusals.length;
    await callSlack("users.lookupByEmail", { email: "nobody@northwind.example" });
    await page.see("the call", ({ calls }) => calls.at(-1)?.path === "/api/users.lookupByEmail");
    expect(page.snapshot().refusals.length).toBe(before);
  });
});

test("people who were deleted or left the account are still listed as that", async () => {
  const { zoom } = company;
  const byEmail = (email: string) => [...zoom.users.values()].find((user) => user.email === email);
  const [eve, gale] = [byEmail("eve@northwind.example"), byEmail("gale@northwind.example")];
  if (eve === undefined || gale === undefined) throw new Error("They are not in Zoom.");
  zoom.users.delete(eve.id);
  zoom.deletedUsers.push({ user: eve, at: new Date() });
  zoom.users.delete(gale.id);
  zoom.disassociatedUsers.push({ user: gale, at: new Date() });
  const statuses = await page.see("their state", ({ zoom }) => {
    const found = new Map(zoom.map(({ email, status }) => [email, status]));
    return found.get("eve@northwind.example") === "deleted" && found;
  });
  expect(statuses.get("gale@northwind.example")).toBe("left the account");
  expect(statuses.get("sam@northwind.example")).toBe("active");
  expect(page.snapshot().zoom[0]).toMatchObject({ name: "Riley Park", facts: ["Licensed", "2 sessions"] });
});

test("a page that comes back gets a whole snapshot at once, also from a server that was started again", async () => {
  page.close();
  const again = await openPage(server.url, ME);
  expect(again.all()).toHaveLength(1);
  const { revision, ...seen } = again.snapshot();
  again.close();
  expect(revision).toBeGreaterThan(0);
  const { port } = server;
  await server.close();
  server = await startPageServer({ company, port, auditEnvironment: {} });
  // A connection that the old server closed may be tried first.
  page = await eventually("the stream again", () => openPage(server.url, ME).catch(() => undefined));
  const { people, messages, channels, zoom } = page.snapshot();
  expect({ people, messages, channels, zoom }).toEqual({
    people: seen.people,
    messages: seen.messages,
    channels: seen.channels,
    zoom: seen.zoom,
  });
  expect(page.snapshot().calls.length).toBe(seen.calls.length);
});
