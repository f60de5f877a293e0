import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PEOPLE, REQUESTS_CHANNEL } from "../../playground/company.ts";
import type { PageMessage, Snapshot } from "../../playground/page-api.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { startWorld, type World } from "../journeys/world/world.ts";
import { doAct, openPage, post, type OpenPage } from "./page-client.ts";

const { requester, approver, security, target, stranger, executive } = PEOPLE;

let world: World;
let server: PageServer;
const pages: OpenPage[] = [];

async function open(id: string): Promise<OpenPage> {
  const page = await openPage(server.url, id);
  pages.push(page);
  return page;
}

beforeAll(async () => {
  world = await startWorld({ environment: { READ_BACK_SECONDS: "5" } });
  server = await startPageServer({
    company: world.company,
    auditEnvironment: { DATABASE_URL: world.databaseUrl },
  });
});
afterAll(async () => {
  for (const page of pages) page.close();
  await server.close();
  await world.close();
});

function requestAbout(snapshot: Snapshot, name: string): PageMessage | undefined {
  return snapshot.messages.findLast(
    ({ channel, threadTs, text, onlyYou }) =>
      channel === REQUESTS_CHANNEL && threadTs === undefined && !onlyYou && text.includes(name),
  );
}

function zoomStatus(snapshot: Snapshot, email: string): string | undefined {
  return snapshot.zoom.find((user) => user.email === email)?.status;
}

/** Types the command, fills in the form and submits it, all through the page. */
async function ask(
  page: OpenPage,
  as: string,
  who: { name: string; realName: string },
): Promise<PageMessage> {
  const command = { kind: "command", channel: REQUESTS_CHANNEL, command: "/zoom-offboard" } as const;
  expect(await doAct(server.url, { as, ...command, text: `@${who.name}` })).toEqual({ ok: true });
  const view = await page.see("the form", ({ views }) => views.find(({ submit }) => submit !== undefined));
  const values = { reason: "Last day" };
  expect(await doAct(server.url, { as, kind: "submit", viewId: view.id, values })).toEqual({ ok: true });
  const request = await page.see("the request", (snapshot) => requestAbout(snapshot, who.realName));
  const left = page.snapshot().views.at(-1);
  if (left !== undefined) await doAct(server.url, { as, kind: "close", viewId: left.id });
  return request;
}

function approve(as: string, { channel, ts }: PageMessage) {
  return doAct(server.url, { as, kind: "press", channel, ts, actionId: "request_approve" });
}

test("somebody is offboarded through the page alone, and everyone sees what is theirs to see", async () => {
  const [riley, alex] = await Promise.all([open(requester.id), open(approver.id)]);
  expect(zoomStatus(alex.snapshot(), "sam@northwind.example")).toBe("active");

  const command = { kind: "command", channel: REQUESTS_CHANNEL, command: "/zoom-offboard" } as const;
  await doAct(server.url, { as: requester.id, ...command, text: `@${target.name}` });
  const form = await riley.see("the form", ({ views }) => views.at(-1));
  expect(form).toMatchObject({ title: "Offboard from Zoom", submit: "Request", errors: {} });
  expect(JSON.stringify(form.state)).toContain(target.id);
  expect(alex.snapshot().views).toEqual([]);

  // What Slack's client would not send is refused in words, and nothing is lost.
  const empty = await doAct(server.url, { as: requester.id, kind: "submit", viewId: form.id, values: {} });
  expect(empty).toEqual({ ok: false, shown: 'Block "reason" must be filled in.' });
  const wrong = { reason: "Last day", ticket: "https://tickets.example/ with a space" };
  expect(
    (await doAct(server.url, { as: requester.id, kind: "submit", viewId: form.id, values: wrong })).ok,
  ).toBe(false);
  await doAct(server.url, {
    as: requester.id,
    kind: "submit",
    viewId: form.id,
    values: { reason: "Last day" },
  });
  const request = await alex.see("the request", (snapshot) => requestAbout(snapshot, target.realName));
  expect(request.onlyYou).toBe(false);

  await approve(requester.id, request);
  const refusal = await riley.see("the refusal", ({ messages }) => messages.find(({ onlyYou }) => onlyYou));
  expect(refusal.text).toContain("You asked for this yourself");
  await approve(approver.id, request);
  await alex.see("the end", (snapshot) => requestAbout(snapshot, target.realName)?.text.includes("Done"));
  await alex.see("the thread's end", ({ messages }) =>
    messages.some(({ threadTs, text }) => threadTs === request.ts && text.includes("Done.")),
  );
  const told = await riley.see("the direct message", ({ messages, channels }) =>
    messages.find(({ channel }) => channels.find(({ id }) => id === channel)?.kind === "direct"),
  );
  expect(told.text).toContain("Your request “Offboard from Zoom”");

  const seen = alex.snapshot();
  expect(seen.messages.some(({ key }) => key === refusal.key || key === told.key)).toBe(false);
  expect(seen.channels.some(({ id }) => id === told.channel)).toBe(false);
  expect(zoomStatus(seen, "sam@northwind.example")).toBe("inactive");
  const cloudflare = seen.cloudflare.find(({ email }) => email === "sam@northwind.example");
  expect(cloudflare).toMatchObject({ status: "known", facts: ["no sessions", "1 device"] });
  expect(seen.refusals).toEqual([]);
});

test("the page knows who is who, and offers the commands of the manifest", async () => {
  const { people, commands, me, appIsUp } = (await open(stranger.id)).snapshot();
  expect(me).toBe(stranger.id);
  expect(appIsUp).toBe(true);
  expect(people.find(({ id }) => id === security.id)).toMatchObject({
    role: "Approver, in Security",
    timeZone: "Europe/Stockholm",
    canBe: true,
  });
  expect(people.at(-1)).toMatchObject({ role: "The app", isApp: true, canBe: false });
  expect(commands.map(({ command }) => command)).toEqual([
    "/zoom-offboard",
    "/lockout",
    "/zoom",
    "/cloudflare",
    "/deadbolt",
  ]);
});

test("no credential is ever in what the page gets", async () => {
  const page = await open(approver.id);
  await page.see("a token that was fetched", ({ calls }) =>
    calls.some(({ path, detail }) => path.startsWith("/oauth/token") && detail?.includes("redacted")),
  );
  const { calls } = page.snapshot();
  expect(new Set(calls.map(({ vendor }) => vendor))).toEqual(new Set(["slack", "zoom", "cloudflare"]));
  const everything = JSON.stringify(page.all());
  const { slack, zoom, cloudflare } = world.company;
  const tokens = zoom.calls
    .filter(({ request }) => request.path === "/oauth/token")
    .map(({ outcome }) => ("body" in outcome ? (outcome.body as { access_token: string }).access_token : ""));
  expect(tokens.length).toBeGreaterThan(0);
  const secrets = [
    ...tokens,
    slack.credentials.botToken,
    slack.credentials.signingSecret,
    zoom.credentials.clientSecret,
    cloudflare.credentials.apiToken,
  ];
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
  expect(everything).not.toMatch(/xox[bp]-|Bearer /);
});

test("people talk in the channel and in threads, and the page refuses what Slack would not offer", async () => {
  const [riley, sasha] = await Promise.all([open(requester.id), open(security.id)]);
  const say = { as: requester.id, kind: "say", channel: REQUESTS_CHANNEL } as const;
  await doAct(server.url, { ...say, text: "Good morning, @sasha & all" });
  const said = await sasha.see("the greeting", ({ messages }) =>
    messages.find(({ text }) => text.includes("Good morning")),
  );
  expect(said).toMatchObject({ user: requester.id, text: `Good morning, <@${security.id}> &amp; all` });
  await doAct(server.url, { ...say, as: security.id, threadTs: said.ts, text: "Morning" });
  await riley.see("the answer", ({ messages }) =>
    messages.some(({ threadTs, text }) => threadTs === said.ts && text === "Morning"),
  );
  const refused = [
    await doAct(server.url, { ...say, channel: "C0NOWHERE", text: "?" }),
    await doAct(server.url, { ...say, text: "  " }),
    await doAct(server.url, { ...say, kind: "command", command: "/nonsense", text: "" }),
    await doAct(server.url, { ...say, kind: "close", viewId: "V0NONE" }),
  ];
  expect(refused.map(({ shown }) => shown)).toEqual([
    "There is no channel C0NOWHERE.",
    "There is nothing to send.",
    "/nonsense is not a command of this workspace.",
    `${requester.id} has no open view V0NONE.`,
  ]);
  expect(await doAct(server.url, { as: requester.id, kind: "home" })).toEqual({ ok: true });
});

test("the audit chain is walked by the app's own command line", async () => {
  const [first, second] = await Promise.all([1, 2].map(() => fetch(`${server.url}/api/audit`)));
  const report = (await first?.json()) as { ok: boolean; text: string };
  expect(report.ok).toBe(true);
  expect(report.text).toMatch(/^The audit chain is whole: \d+ rows\.$/);
  expect(await second?.json()).toEqual(report);
});

describe("when things go wrong", () => {
  test("a vendor that was broken on the page leaves a thread that says so, and mends again", async () => {
    const riley = await open(requester.id);
    const request = await ask(riley, requester.id, stranger);
    await post(server.url, "/api/faults", { place: "cloudflare", fault: "500" });
    await riley.see("the fault", ({ faults }) => faults.length === 1);
    await approve(approver.id, request);
    await riley.see("an honest end", (snapshot) =>
      requestAbout(snapshot, stranger.realName)?.text.includes("Partly done"),
    );
    const failed = riley.snapshot().calls.filter(({ vendor, ok }) => vendor === "cloudflare" && !ok);
    expect(failed.length).toBeGreaterThan(0);
    expect(new Set(failed.map(({ answer }) => answer))).toEqual(new Set(["500"]));
    await fetch(`${server.url}/api/faults`, { method: "DELETE" });
    await riley.see("no fault", ({ faults }) => faults.length === 0);
  });

  test("when the app's process dies the page says so, and the request goes on after a restart", async () => {
    const sasha = await open(security.id);
    const request = await ask(sasha, security.id, PEOPLE.administrator);
    await post(server.url, "/api/faults", { place: "zoom", fault: "slow" });
    await approve(approver.id, request);
    await sasha.see("the run", ({ messages }) =>
      messages.some(({ ts, text }) => ts === request.ts && text.includes("Running")),
    );
    await world.app().kill();
    await sasha.see("that the app is down", ({ appIsUp }) => !appIsUp);
    const command = { kind: "command", channel: REQUESTS_CHANNEL, command: "/deadbolt", text: "" } as const;
    const meanwhile = await doAct(server.url, { as: executive.id, ...command });
    expect(meanwhile.shown).toContain("Slack could not hand this to the app");
    await sasha.see("the refusal", ({ refusals }) => refusals.some(({ code }) => code === "dispatch_failed"));
    await fetch(`${server.url}/api/faults`, { method: "DELETE" });
    await world.restart();
    await sasha.see("that the app is up", ({ appIsUp }) => appIsUp);
    await sasha.see("the end", (snapshot) =>
      requestAbout(snapshot, PEOPLE.administrator.realName)?.text.includes("Done"),
    );
    expect(zoomStatus(sasha.snapshot(), "owen@northwind.example")).toBe("inactive");
  });
});
