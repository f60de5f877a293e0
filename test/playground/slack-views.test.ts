import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import { expect, test } from "vitest";
import { ClientRefusal } from "../../playground/slack/client-refusal.ts";
import type { SlackSimulator } from "../../playground/slack/server.ts";
import { call, clientOf, standingClock, startHttpApp, startWorld } from "./slack-world.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const textInput = (field: string, more: object = {}): KnownBlock => ({
  type: "input",
  block_id: field,
  label: plain(field),
  element: { type: "plain_text_input", action_id: "value", ...more },
});
const form = (blocks: KnownBlock[], more: Partial<ModalView> = {}): ModalView => ({
  type: "modal",
  callback_id: "form",
  title: plain("Form"),
  submit: plain("Send"),
  blocks,
  ...more,
});

/** An app whose `/form` opens the given modal. */
async function openForm(slack: SlackSimulator, view: ModalView, listen: (app: App) => void = () => {}) {
  await startHttpApp(slack, (app) => {
    app.command("/form", async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view });
      await ack();
    });
    listen(app);
  });
  await slack.as("U0ADA").command("/form");
  return onlyView(slack);
}

function onlyView(slack: SlackSimulator) {
  const view = [...slack.views.values()].at(-1);
  if (view === undefined) throw new Error("No view is open.");
  return view;
}

/** A trigger from a command that nobody used. */
async function freshTrigger(slack: SlackSimulator): Promise<string> {
  return (await slack.as("U0ADA").command("/nothing")).triggerId ?? "";
}

async function startWithIdleApp(clock?: () => Date): Promise<SlackSimulator> {
  const slack = await startWorld(clock === undefined ? {} : { clock });
  await startHttpApp(slack, (app) => app.command("/nothing", async ({ ack }) => ack()));
  return slack;
}

test("a trigger opens one modal only, and a refused view does not use it up", async () => {
  const slack = await startWithIdleApp();
  const trigger_id = await freshTrigger(slack);
  const broken = await call(slack, "views.open", {
    trigger_id,
    view: { ...form([]), title: plain("x".repeat(25)) },
  });
  expect(broken.body["error"]).toBe("invalid_arguments");
  const view = form([textInput("reason")]);
  expect((await call(slack, "views.open", { trigger_id, view })).body["ok"]).toBe(true);
  expect((await call(slack, "views.open", { trigger_id, view })).body["error"]).toBe("exchanged_trigger_id");
  const made = await call(slack, "views.open", { trigger_id: "1.2.x", view });
  expect(made.body["error"]).toBe("invalid_trigger_id");
});

test("a trigger expires after three seconds", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWithIdleApp(clock);
  const trigger_id = await freshTrigger(slack);
  advance(3_001);
  const late = await call(slack, "views.open", { trigger_id, view: form([textInput("reason")]) });
  expect(late.body["error"]).toBe("expired_trigger_id");
});

test("an update with a stale hash is refused, by id and by external id", async () => {
  const slack = await startWorld();
  const { id, hash } = await openForm(slack, form([textInput("reason")], { external_id: "mine" }));
  const client = clientOf(slack);
  const view = form([textInput("reason")], { external_id: "mine" });
  await client.views.update({ view_id: id, hash, view });
  await expect(client.views.update({ view_id: id, hash, view })).rejects.toThrow("hash_conflict");
  await client.views.update({ external_id: "mine", view });
  await expect(client.views.update({ view_id: "V0NONE", view })).rejects.toThrow("not_found");
});

test("what was entered survives an update where block id and action id stay the same", async () => {
  const slack = await startWorld();
  const seen: unknown[] = [];
  const view = await openForm(slack, form([textInput("kept"), textInput("moved")]), (app) => {
    app.view("form", async ({ ack, view }) => {
      seen.push(view.state.values);
      await (seen.length === 1 ? ack({ response_action: "errors", errors: { kept: "Try again." } }) : ack());
    });
  });
  await slack.as("U0ADA").submit(view.id, { kept: "a", moved: "b" });
  expect(view.errors).toEqual({ kept: "Try again." });
  const blocks = [textInput("kept", { initial_value: "preset" }), textInput("moved", { action_id: "other" })];
  await clientOf(slack).views.update({ view_id: view.id, view: form(blocks) });
  await expect(slack.as("U0ADA").submit(view.id)).rejects.toThrow('block "moved" must be filled in');
  await slack.as("U0ADA").submit(view.id, { moved: "c" });
  expect(seen[1]).toEqual({
    kept: { value: { type: "plain_text_input", value: "a" } },
    moved: { other: { type: "plain_text_input", value: "c" } },
  });
  expect(slack.views.size).toBe(0);
});

test("every element reports its value in Slack's shape", async () => {
  const slack = await startWorld();
  const options = [
    { text: plain("A"), value: "a" },
    { text: plain("B"), value: "b" },
  ];
  const elements: Record<string, object> = {
    email: { type: "email_text_input" },
    number: { type: "number_input", is_decimal_allowed: true },
    url: { type: "url_text_input" },
    user: { type: "users_select" },
    users: { type: "multi_users_select" },
    channel: { type: "conversations_select" },
    choice: { type: "static_select", options },
    choices: { type: "multi_static_select", options },
    radio: { type: "radio_buttons", options },
    checks: { type: "checkboxes", options },
    date: { type: "datepicker" },
    time: { type: "timepicker" },
    moment: { type: "datetimepicker" },
    rich: { type: "rich_text_input" },
    files: { type: "file_input" },
    empty: { type: "multi_users_select" },
  };
  const blocks = Object.entries(elements).map(
    ([field, element]) =>
      ({
        type: "input",
        block_id: field,
        label: plain(field),
        optional: field === "empty",
        element: { action_id: "value", ...element },
      }) as KnownBlock,
  );
  let values: Record<string, Record<string, object>> = {};
  const view = await openForm(slack, form(blocks), (app) => {
    app.view("form", async ({ ack, view }) => {
      values = view.state.values;
      await ack();
    });
  });
  await slack.as("U0ADA").submit(view.id, {
    email: "sam@example.com",
    number: "1.5",
    url: "https://a.example",
    user: "U0SAM",
    users: ["U0SAM", "U0ADA"],
    channel: "C0SEC",
    choice: "b",
    choices: ["a", "b"],
    radio: "a",
    checks: ["b"],
    date: "2026-03-02",
    time: "09:30",
    moment: "1772000000",
    rich: "text",
    files: ["F1"],
  });
  const held = Object.fromEntries(
    Object.entries(values).map(([field, element]) => {
      const { type: _type, ...rest } = element["value"] as { type: string };
      return [field, rest];
    }),
  );
  expect(held).toMatchObject({
    email: { value: "sam@example.com" },
    number: { value: "1.5" },
    url: { value: "https://a.example" },
    user: { selected_user: "U0SAM" },
    users: { selected_users: ["U0SAM", "U0ADA"] },
    channel: { selected_conversation: "C0SEC" },
    choice: { selected_option: options[1] },
    choices: { selected_options: options },
    radio: { selected_option: options[0] },
    checks: { selected_options: [options[1]] },
    date: { selected_date: "2026-03-02" },
    time: { selected_time: "09:30" },
    moment: { selected_date_time: 1_772_000_000 },
    rich: { rich_text_value: { type: "rich_text" } },
    files: { files: [{ id: "F1" }] },
    empty: { selected_users: [] },
  });
});

test.each([
  ["text that is too short", textInput("field", { min_length: 3 }), "ab"],
  ["text that is too long", textInput("field", { max_length: 3 }), "abcd"],
  ["nothing in a required field", textInput("field"), undefined],
  ["an e-mail that is none", textInput("field", { type: "email_text_input" }), "sam"],
  [
    "a fraction where none is allowed",
    textInput("field", { type: "number_input", is_decimal_allowed: false }),
    "1.5",
  ],
  [
    "a number past the highest",
    textInput("field", { type: "number_input", is_decimal_allowed: false, max_value: "5" }),
    "6",
  ],
  ["a person who is not there", textInput("field", { type: "users_select" }), "U0NOBODY"],
  [
    "an option that is not offered",
    textInput("field", { type: "static_select", options: [{ text: plain("A"), value: "a" }] }),
    "b",
  ],
])("the client keeps a form with %s", async (_name, block, value) => {
  const slack = await startWorld();
  const view = await openForm(slack, form([block]));
  const before = slack.deliveries.length;
  await expect(slack.as("U0ADA").submit(view.id, { field: value })).rejects.toThrow(ClientRefusal);
  expect(slack.deliveries).toHaveLength(before);
});

test("views are pushed three high, and each submission closes its own", async () => {
  const slack = await startWorld();
  const first = await openForm(slack, form([textInput("a")]), (app) => {
    app.view("form", async ({ ack, view }) => {
      const push = view.state.values["a"]?.["value"]?.value === "push";
      await (push ? ack({ response_action: "push", view: form([textInput("a")]) }) : ack());
    });
  });
  const ada = slack.as("U0ADA");
  await ada.submit(first.id, { a: "push" });
  await ada.submit(onlyView(slack).id, { a: "push" });
  const top = onlyView(slack);
  expect([top.stack.length, top.rootId, slack.views.size]).toEqual([3, first.id, 3]);
  await expect(ada.submit(first.id, { a: "x" })).rejects.toThrow("lies under another");
  const refused = await ada.submit(top.id, { a: "push" });
  expect(refused.shown).toContain("push_limit_reached");
  await ada.submit(top.id, { a: "done" });
  expect([...slack.views.keys()]).toEqual(first.stack);
  expect(slack.views.size).toBe(2);
});

test("an acknowledgement may update the view or clear the stack", async () => {
  const slack = await startWorld();
  let answer: "update" | "clear" = "update";
  const view = await openForm(slack, form([textInput("a")]), (app) => {
    app.view("form", async ({ ack }) => {
      await (answer === "update"
        ? ack({ response_action: "update", view: form([textInput("a")], { title: plain("Again") }) })
        : ack({ response_action: "clear" }));
    });
  });
  const before = view.hash;
  await slack.as("U0ADA").submit(view.id, { a: "x" });
  expect(view.content.title).toEqual(plain("Again"));
  expect(view.hash).not.toBe(before);
  answer = "clear";
  await slack.as("U0ADA").submit(view.id);
  expect(slack.views.size).toBe(0);
});

test("errors for a block that is not there, and views that break the rules, are reported", async () => {
  const slack = await startWorld();
  let answer: object = { response_action: "errors", errors: { nowhere: "Wrong." } };
  const view = await openForm(slack, form([textInput("a")]), (app) => {
    app.view("form", async ({ ack }) => ack(answer as Parameters<typeof ack>[0]));
  });
  const first = await slack.as("U0ADA").submit(view.id, { a: "x" });
  expect(first.shown).toContain("no input block: nowhere");
  answer = { response_action: "update", view: form([], { title: plain("x".repeat(25)) }) };
  const second = await slack.as("U0ADA").submit(view.id);
  expect(second.shown).toContain("/view/title/text");
  expect(slack.mistakes).toHaveLength(2);
  expect(slack.views.get(view.id)?.content.title).toEqual(plain("Form"));
});

test("a field that dispatches reports a change with the state of the whole view, and may redraw it", async () => {
  const slack = await startWorld();
  const select: KnownBlock = {
    type: "input",
    block_id: "action",
    dispatch_action: true,
    label: plain("Action"),
    element: {
      type: "static_select",
      action_id: "value",
      options: [
        { text: plain("A"), value: "a" },
        { text: plain("B"), value: "b" },
      ],
    },
  };
  const view = await openForm(slack, form([select, textInput("reason")]), (app) => {
    app.action("value", async ({ ack, body, client }) => {
      await ack();
      if (body.type !== "block_actions" || body.view === undefined) return;
      await client.views.update({
        view_id: body.view.id,
        hash: body.view.hash,
        view: form([select, textInput("reason"), textInput("more")]),
      });
    });
  });
  const delivery = await slack.as("U0ADA").change(view.id, "action", "b");
  const payload = JSON.parse(new URLSearchParams(delivery.request.body).get("payload") ?? "") as {
    actions: object[];
    view: { state: { values: Record<string, unknown> } };
  };
  expect(payload.actions).toMatchObject([{ block_id: "action", selected_option: { value: "b" } }]);
  expect(payload.view.state.values).toHaveProperty("reason");
  await expect.poll(() => Object.keys(view.state)).toEqual(["action", "reason", "more"]);
  expect(view.state["action"]?.["value"]).toMatchObject({ selected_option: { value: "b" } });
  await expect(slack.as("U0ADA").change(view.id, "reason", "x")).rejects.toThrow("does not report");
});

test("closing tells the app only when it asked to be told", async () => {
  const slack = await startWorld();
  const closed: string[] = [];
  const view = await openForm(slack, form([textInput("a")], { notify_on_close: true }), (app) => {
    app.view({ type: "view_closed", callback_id: "form" }, async ({ ack, view }) => {
      closed.push(view.id);
      await ack();
    });
  });
  expect((await slack.as("U0ADA").closeView(view.id))?.status).toBe(200);
  expect([closed, slack.views.size]).toEqual([[view.id], 0]);
});

test("a home tab is published, shown and clicked", async () => {
  const slack = await startWorld();
  let clicks = 0;
  await startHttpApp(slack, (app) => {
    app.event("app_home_opened", async ({ event, client }) => {
      const blocks: KnownBlock[] = [
        { type: "actions", elements: [{ type: "button", action_id: "go", text: plain("Go") }] },
      ];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
    });
    app.action("go", async ({ ack }) => {
      clicks += 1;
      await ack();
    });
  });
  expect((await slack.as("U0SAM").openHome()).status).toBe(200);
  await expect.poll(() => slack.homes.get("U0SAM")).toBeDefined();
  await slack.as("U0SAM").click({ viewId: slack.homes.get("U0SAM")?.id ?? "" }, "go");
  expect(clicks).toBe(1);
});
