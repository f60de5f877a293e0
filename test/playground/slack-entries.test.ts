import type { KnownBlock } from "@slack/types";
import { expect, test } from "vitest";
import { ClientRefusal } from "../../playground/slack/client-refusal.ts";
import { form, openForm, plain, textInput } from "./slack-form.ts";
import { clientOf, startHttpApp, startWorld } from "./slack-world.ts";

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

test("an external menu takes what was preset and nothing else", async () => {
  const slack = await startWorld();
  const one = { text: plain("One"), value: "one" };
  const two = { text: plain("Two"), value: "two" };
  const blocks: KnownBlock[] = [
    {
      type: "input",
      block_id: "some",
      label: plain("Some"),
      element: { type: "multi_external_select", action_id: "value", initial_options: [one, two] },
    },
  ];
  let seen: unknown;
  const view = await openForm(slack, form(blocks), (app) => {
    app.view("form", async ({ ack, view }) => {
      seen = view.state.values;
      await ack();
    });
  });
  await expect(slack.as("U0ADA").submit(view.id, { some: ["three"] })).rejects.toThrow(ClientRefusal);
  await slack.as("U0ADA").submit(view.id, { some: ["two"] });
  expect(seen).toMatchObject({ some: { value: { selected_options: [two] } } });
});

test("a feedback button tells which of the two was pressed", async () => {
  const slack = await startWorld();
  const message = {
    channel: "C0SEC",
    text: "An answer",
    blocks: [
      {
        type: "context_actions",
        elements: [
          {
            type: "feedback_buttons",
            action_id: "feedback",
            positive_button: { text: plain("Good"), value: "good" },
            negative_button: { text: plain("Bad"), value: "bad" },
          },
        ],
      },
    ],
  } as const;
  await clientOf(slack).chat.postMessage(message);
  const posted = slack.messages.at(-1);
  if (posted === undefined) throw new Error("nothing was posted");
  let pressed: unknown;
  await startHttpApp(slack, (app) => {
    app.action("feedback", async ({ ack, action }) => {
      pressed = action;
      await ack();
    });
  });
  await slack.as("U0ADA").click(posted, "feedback", { value: "bad" });
  expect(pressed).toMatchObject({ type: "feedback_buttons", value: "bad" });
  await expect(slack.as("U0ADA").click(posted, "feedback", { value: "so-so" })).rejects.toThrow(
    ClientRefusal,
  );
});

test("several options of a menu in a message are told together", async () => {
  const slack = await startWorld();
  const options = ["a", "b", "c"].map((value) => ({ text: plain(value), value }));
  await clientOf(slack).chat.postMessage({
    channel: "C0SEC",
    text: "Choose",
    blocks: [
      {
        type: "actions",
        elements: [{ type: "checkboxes", action_id: "some", options }],
      } satisfies KnownBlock,
    ],
  });
  let told: unknown;
  await startHttpApp(slack, (app) => {
    app.action("some", async ({ ack, action }) => {
      told = action;
      await ack();
    });
  });
  const posted = slack.messages.at(-1);
  if (posted === undefined) throw new Error("nothing was posted");
  await slack.as("U0ADA").click(posted, "some", { value: ["a", "c"] });
  expect(told).toMatchObject({ selected_options: [{ value: "a" }, { value: "c" }] });
});
