import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import type { Entry } from "../../playground/slack/entry.ts";
import type { OpenView } from "../../playground/slack/state.ts";
import { modalText, requestCount, vendorWrites } from "./world/refused.ts";
import { eventually, noticesTo, openForm, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});
afterEach(async () => {
  world.company.slack.clearFaults();
  expect(world.company.slack.mistakes).toEqual([]);
  expect(noticesTo(world, "requester")).toEqual([]);
  expect(world.company.slack.messages).toEqual([]);
  expect(await requestCount(world)).toBe(0);
  expect(vendorWrites(world)).toEqual([]);
});

const riley = () => world.company.slack.as(PEOPLE.requester.id);
const fieldsOf = (view: OpenView) => view.content.blocks.map((block) => block["block_id"]);

/** What a field holds. */
function held(view: OpenView, field: string): unknown {
  const { type: _type, ...state } = view.state[field]?.["value"] ?? { type: "" };
  const [value] = Object.values(state);
  if (Array.isArray(value)) return value.map((option: { value: string }) => option.value);
  return typeof value === "object" && value !== null && "value" in value ? value.value : value;
}

/** Chooses what happens in Zoom and waits until the form has followed. */
async function choose(view: OpenView, action: string): Promise<void> {
  await riley().change(view.id, "action", action);
  await eventually(
    "the form to follow",
    () => fieldsOf(view).includes("confirm_email") === (action !== "deactivate"),
  );
}

test.each([
  ["nobody", "", { person: null, email: null }],
  ["a mention", "@sam", { person: PEOPLE.target.id, email: null }],
  [
    "a mention as Slack writes it",
    `  <@${PEOPLE.target.id}|sam> `,
    { person: PEOPLE.target.id, email: null },
  ],
  ["an e-mail", emailOf("target"), { person: null, email: emailOf("target") }],
  [
    "an e-mail as Slack writes it",
    `<mailto:${emailOf("target")}|${emailOf("target")}>`,
    { person: null, email: emailOf("target") },
  ],
])("the form opens with %s filled in", async (_what, text, expected) => {
  const view = await openForm(world, "requester", text);
  expect({ person: held(view, "person"), email: held(view, "email") }).toEqual(expected);
  expect(held(view, "action")).toBe("deactivate");
  expect(held(view, "revoke_cloudflare")).toEqual(["revoke"]);
  expect(fieldsOf(view)).not.toContain("confirm_email");
});

test("the form follows the chosen action, warns, and keeps what was entered", async () => {
  const view = await openForm(world, "requester", "@sam");
  const enter = (field: string, entered: object) =>
    Object.assign(view.state[field]?.["value"] ?? {}, entered);
  enter("reason", { value: "Left the company" });
  enter("ticket", { value: "https://tickets.example/1" });
  enter("revoke_cloudflare", { selected_options: [] });
  enter("person", { selected_user: PEOPLE.executive.id });
  const kept = () => ["reason", "ticket", "revoke_cloudflare", "person"].map((field) => held(view, field));
  const entered = ["Left the company", "https://tickets.example/1", [], PEOPLE.executive.id];

  await choose(view, "delete");
  expect(modalText(world, "requester")).toContain(":warning: *This cannot be undone.* Zoom deletes the user");
  expect(fieldsOf(view)).toEqual(expect.arrayContaining(["transfer_email", "transfer", "confirm_email"]));
  expect(held(view, "action")).toBe("delete");
  expect(kept()).toEqual(entered);

  enter("transfer_email", { value: emailOf("approver") });
  await riley().change(view.id, "action", "disassociate");
  await eventually("the other warning", () =>
    modalText(world, "requester").includes("becomes an outside user"),
  );
  expect(held(view, "transfer_email")).toBe(emailOf("approver"));
  expect(kept()).toEqual(entered);

  await choose(view, "deactivate");
  expect(modalText(world, "requester")).not.toContain("cannot be undone");
  expect(fieldsOf(view)).not.toContain("transfer");
  expect(kept()).toEqual(entered);
});

test("two changes in one breath leave a form that works and nobody alarmed", async () => {
  const view = await openForm(world, "requester", "@sam");
  const updates = () =>
    world.company.slack.calls.filter(({ request }) => request.path === "/api/views.update");
  const before = updates().length;
  await Promise.all([
    riley().change(view.id, "action", "delete"),
    riley().change(view.id, "action", "disassociate"),
  ]);
  await eventually("both answers", () => updates().length === before + 2);
  expect(held(view, "action")).toBe("disassociate");
  expect(fieldsOf(view)).toContain("confirm_email");
});

test("a form that was sent before it could follow comes back with the missing fields", async () => {
  const view = await openForm(world, "requester", "@sam");
  world.company.slack.addFault({
    kind: "answer",
    path: /views\.update$/,
    answer: { status: 200, body: { ok: false, error: "hash_conflict" } },
  });
  await riley().change(view.id, "action", "delete");
  expect(fieldsOf(view)).not.toContain("confirm_email");
  await riley().submit(view.id, { reason: "Left the company" });
  expect(modalText(world, "requester")).toContain("⚠️ Type the e-mail of the person who leaves.");
  expect(fieldsOf(view)).toContain("confirm_email");
  expect([held(view, "action"), held(view, "reason"), held(view, "person")]).toEqual([
    "delete",
    "Left the company",
    PEOPLE.target.id,
  ]);
});

interface Faulty {
  what: string;
  action?: string;
  values: Record<string, Entry>;
  errors: Record<string, string>;
}

const leaver = { confirm_email: emailOf("target") };

const faulty: Faulty[] = [
  {
    what: "nobody is named",
    values: { person: undefined },
    errors: { email: "Choose a person above, or type their e-mail here." },
  },
  {
    what: "the e-mail only looks like the right one",
    values: { person: undefined, email: "ｓam@northwind.example" },
    errors: {
      email: "The e-mail contains characters that only look like plain letters; type it again by hand.",
    },
  },
  {
    what: "the reason is blank",
    values: { reason: " \n " },
    errors: { reason: "Say why, in at most 1,000 characters." },
  },
  {
    what: "the ticket is no web address",
    values: { ticket: "https://[not-an-address" },
    errors: { ticket: "This is not a web address (https://…) of at most 500 characters." },
  },
  {
    what: "the ticket is too long",
    values: { ticket: `https://tickets.example/${"1".repeat(500)}` },
    errors: { ticket: "This is not a web address (https://…) of at most 500 characters." },
  },
  {
    what: "several things are wrong at once",
    values: { person: undefined, reason: " ", ticket: "http://[" },
    errors: {
      email: "Choose a person above, or type their e-mail here.",
      reason: "Say why, in at most 1,000 characters.",
      ticket: "This is not a web address (https://…) of at most 500 characters.",
    },
  },
  {
    what: "the confirmation names somebody else",
    action: "disassociate",
    values: { confirm_email: emailOf("executive") },
    errors: {
      confirm_email: "This is not the e-mail of the person chosen above. Look again whom you chose.",
    },
  },
  {
    what: "what is transferred has no receiver",
    action: "delete",
    values: { ...leaver, transfer: ["meeting", "recording"] },
    errors: { transfer_email: "Say who receives what you chose below." },
  },
  {
    what: "the receiver is no e-mail address",
    action: "delete",
    values: { ...leaver, transfer_email: "no..dots@northwind.example" },
    errors: { transfer_email: "This is not an e-mail address." },
  },
  {
    what: "the receiver is the leaver",
    action: "delete",
    values: { ...leaver, transfer_email: emailOf("target").toUpperCase() },
    errors: { transfer_email: "This is the person who leaves. Choose somebody else." },
  },
  {
    what: "Zoom does not know the receiver",
    action: "disassociate",
    values: { ...leaver, transfer_email: "nobody@northwind.example" },
    errors: { transfer_email: "Zoom knows no user with this e-mail." },
  },
  {
    what: "the receiver is deactivated",
    action: "delete",
    values: { ...leaver, transfer_email: "inactive@northwind.example", transfer: ["meeting"] },
    errors: { transfer_email: "This Zoom user is inactive, not active." },
  },
];

test.each(faulty)("when $what, it is said next to the field", async ({ action, values, errors }) => {
  const { zoom } = world.company;
  if (![...zoom.users.values()].some(({ email }) => email === "inactive@northwind.example"))
    zoom.addUser({ email: "inactive@northwind.example", status: "inactive" });
  const view = await openForm(world, "requester", "@sam");
  if (action !== undefined) await choose(view, action);
  await riley().submit(view.id, { reason: "Left the company", ...values });
  expect(view.errors).toEqual(errors);
  expect(world.company.slack.views.get(view.id)).toBe(view);
});
