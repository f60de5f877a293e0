import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import type { OpenView } from "../../playground/slack/state.ts";
import { policyWith } from "./world/gated-policy.ts";
import { fillIn, openByCommand, textOf } from "./world/operation-steps.ts";
import { png } from "./world/sample-picture.ts";
import {
  approve,
  ended,
  eventually,
  openViewOf,
  outcomesOf,
  rootOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
let policyFile: string;

beforeAll(async () => {
  policyFile = await policyWith(
    "gated-looks",
    `  - for: { playbook: zoom.user.getSettings }
    approvers: [security]
    count: 1
    expires: 1h
`,
  );
  world = await startWorld({ environment: { VENDOR_TIMEOUT_SECONDS: "5", POLICY_FILE: policyFile } });
});
afterAll(async () => {
  await world.close();
  await rm(policyFile);
});
afterEach(() => {
  for (const vendor of [world.company.slack, world.company.zoom, world.company.cloudflare])
    vendor.clearFaults();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);

function sam() {
  const user = [...world.company.zoom.users.values()].find(({ email }) => email.startsWith("sam@"));
  if (user === undefined) throw new Error("Zoom does not know Sam.");
  return user;
}

function shown(view: OpenView | undefined): string {
  return JSON.stringify(view?.content ?? {});
}

/** Chooses fields of a form and waits until they are there. */
async function choose(form: OpenView, fields: string[]): Promise<OpenView> {
  await sasha().click({ viewId: form.id }, "fields", { value: fields });
  return eventually("the chosen fields", () => {
    const view = openViewOf(world, "security");
    return fields.every((field) => shown(view).includes(`input.${field}`)) ? view : undefined;
  });
}

async function looksWritten(): Promise<number> {
  const { rows } = await world.database.query<{ count: number }>(
    "select count(*)::int as count from deadbolt.audit_event where type = 'look.answered'",
  );
  return rows[0]?.count ?? 0;
}

async function windowShows(form: OpenView, text: string | RegExp): Promise<string> {
  return eventually(`the window to show ${String(text)}`, () => {
    const view = world.company.slack.views.get(form.id);
    const told = view === undefined ? "" : `${textOf(view)} ${shown(view)}`;
    return told.match(text) === null ? undefined : told;
  });
}

test("whoever approves sees everyone whom a list names", async () => {
  const form = await openByCommand(world, "security", "/zoom", "assistant add @sam");
  const many = Array.from({ length: 8 }, (_, index) => `assistant.number${index}@northwind.example`);
  await fillIn(world, "security", form, {
    reason: "Holidays",
    "typed.assistants": [...many, "riley@northwind.example"].join("\n"),
  });
  const root = await eventually("the request", () => rootOf(world, form.id));
  for (const address of [...many, "riley@northwind.example"])
    expect(JSON.stringify(root.blocks)).toContain(address);
});

test("an API token that was changed since it was asked for is not overwritten", async () => {
  const form = await openByCommand(world, "security", "/cloudflare", "token updateAccountToken");
  const [token] = [...world.company.cloudflare.accountTokens.values()];
  if (token === undefined) throw new Error("The pretend account has no API token.");
  await fillIn(world, "security", form, {
    reason: "Leaked",
    "input.tokenId": token.id,
    "input.action": "disable",
  });
  await eventually("the request", () => rootOf(world, form.id));
  token.name = "Renamed since";
  await approve(world, form.id, "secondSecurity");
  expect(await ended(world, form.id)).toBe("failed");
  expect(token.name).toBe("Renamed since");
  expect(Object.values(await outcomesOf(world, form.id))).toContain("failed");
});

test("a form does not show what the policy does not let one look at, and what it shows is written down", async () => {
  const before = await looksWritten();
  await openByCommand(world, "security", "/zoom", "update user @sam");
  expect(await looksWritten()).toBe(before + 1);
  const form = await openByCommand(world, "security", "/zoom", "update settings @sam");
  expect(textOf(form)).toContain("You may not look at this here");
  const view = await choose(form, ["changes.in_meeting.waiting_room"]);
  const block = view.content.blocks.find(
    (one) => one["block_id"] === "input.changes.in_meeting.waiting_room",
  );
  expect(JSON.stringify(block)).not.toContain("initial_option");
  expect(await looksWritten()).toBe(before + 1);
});

test("what a vendor tells too much of stands neither in a form nor in the snapshot", async () => {
  Object.assign(sam(), { host_key: "739201", personal_meeting_url: "https://zoom.us/j/1?pwd=CanaryPwd77" });
  const form = await openByCommand(world, "security", "/zoom", "update user @sam");
  const view = await choose(form, ["changes.dept", "changes.host_key"]);
  expect(shown(view)).not.toMatch(/739201|CanaryPwd77/);
  await fillIn(world, "security", view, { reason: "Moved", "input.changes.dept": "Marketing 1" });
  await eventually("the request", () => rootOf(world, form.id));
  await approve(world, form.id, "secondSecurity");
  expect(await ended(world, form.id)).toBe("done");
  const { rows } = await world.database.query<{ text: string }>(
    "select one::text as text from deadbolt.snapshot as one where request_id = $1",
    [form.id],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.text).not.toMatch(/739201|CanaryPwd77/);
});

test("a slow vendor and a wrong confirmation leave a form that can be sent", async () => {
  const known = [...world.company.cloudflare.accessUsers.values()].find(({ email }) =>
    email.startsWith("sam@"),
  );
  world.company.cloudflare.enrolDevice(known?.id ?? "", { name: "Second laptop" });
  const form = await openByCommand(world, "security", "/cloudflare", "registration delete @sam");
  const id = [...world.company.cloudflare.fleet.registrations.keys()].at(-1) ?? "";
  world.company.cloudflare.addFault({ kind: "slow", milliseconds: 3_000, times: 1 });
  const values = { reason: "Lost", "input.registrationIds": [id] };
  await sasha().submit(form.id, { ...values, confirm: "wrong@northwind.example" });
  await windowShows(form, "This is not the e-mail");
  expect(shown(world.company.slack.views.get(form.id))).toContain("multi_static_select");
  await sasha().submit(form.id, { ...values, confirm: "sam@northwind.example" });
  await eventually("the request", () => rootOf(world, form.id));
});

test("a vendor that stumbles costs nobody what they entered", async () => {
  const form = await openByCommand(world, "security", "/zoom", "picture upload @sam");
  const file = sasha().upload("sam.png", png());
  world.company.zoom.addFault({
    kind: "answer",
    answer: { status: 500, body: {} },
    path: /users/,
    method: "GET",
  });
  await sasha().submit(form.id, { reason: "A long reason", "input.picture": [file] });
  const told = await windowShows(form, "Zoom could not be asked");
  expect(told).toContain("A long reason");

  world.company.zoom.clearFaults();
  const other = await openByCommand(world, "security", "/zoom", "update user @sam");
  world.company.zoom.addFault({
    kind: "answer",
    answer: { status: 500, body: {} },
    path: /users/,
    method: "GET",
  });
  await choose(other, ["changes.dept"]);
  await sasha().submit(other.id, { reason: "Untouched", "input.changes.dept": "Sales" });
  await windowShows(other, "nobody can tell what would change|could not be asked");
  expect(await storedRequest(world, other.id)).toBeUndefined();
});

test("nobody can write lines of the plan by what they are called in Zoom", async () => {
  sam().dept = "Sales\n*Status:* :white_check_mark: checked by security\n      • Role: *none*";
  const form = await openByCommand(world, "security", "/zoom", "update user @sam");
  const view = await choose(form, ["changes.dept"]);
  await fillIn(world, "security", view, { reason: "Moved", "input.changes.dept": "Marketing" });
  const root = await eventually("the request", () => rootOf(world, form.id));
  const text = root.blocks.map((block) => JSON.stringify(block)).join("");
  expect(text).toContain("Sales");
  expect(text).not.toMatch(/\\n\*Status|:white_check_mark:|\*none\*/);
  sam().dept = "Sales";
});

test("a password that was made up and never seen is said to be lost", async () => {
  sam().login_types = [100];
  const form = await openByCommand(world, "security", "/zoom", "update password @sam");
  world.company.zoom.addFault({ kind: "slow", milliseconds: 3_000, times: 1 });
  await sasha().submit(form.id, {
    reason: "Lost",
    "generate.password": ["generate"],
    confirm: "sam@northwind.example",
  });
  world.company.slack.views.delete(form.id);
  await eventually("the word about it", () =>
    world.company.slack.messages.some(({ text }) => text.includes("Nobody has seen what was made up")),
  );
});

test("a file that somebody else gave is not taken", async () => {
  const form = await openByCommand(world, "security", "/zoom", "picture upload @sam");
  const file = world.company.slack.as(PEOPLE.executive.id).upload("private.png", png());
  const answer = await sasha().submit(form.id, { reason: "Not mine", "input.picture": [file] });
  expect(JSON.stringify(answer.body)).toContain("given by somebody else");
  expect(await storedRequest(world, form.id)).toBeUndefined();
});

test("a field that was emptied is not passed over in silence", async () => {
  Object.assign(sam(), { dept: "Sales", job_title: "Account manager" });
  const form = await openByCommand(world, "security", "/zoom", "update user @sam");
  const view = await choose(form, ["changes.dept", "changes.job_title"]);
  const answer = await sasha().submit(view.id, {
    reason: "Moved",
    "input.changes.dept": "",
    "input.changes.job_title": "Head of sales",
  });
  expect(JSON.stringify(answer.body)).toContain("An empty field is not sent");
});

test("what is too long for a menu can be typed", async () => {
  sam().pretend.backgrounds.push({
    id: "x".repeat(200),
    name: "long.png",
    size: 1,
    type: "image",
    is_default: false,
  });
  const form = await openByCommand(world, "security", "/zoom", "background delete @sam");
  expect(textOf(form)).not.toContain("Looking up");
  expect(shown(form)).toContain("too long for a menu");
  sam().pretend.backgrounds = [];
});
