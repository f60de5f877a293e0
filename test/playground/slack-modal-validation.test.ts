import { expect, test } from "vitest";
import { validateView } from "../../playground/slack/validate-blocks.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text = "hello") => ({ type: "section", text: mrkdwn(text) });
const button = (more: object = {}) => ({ type: "button", action_id: "go", text: plain("Go"), ...more });
const input = (element: object, more: object = {}) => ({
  type: "input",
  block_id: "field",
  label: plain("Field"),
  element,
  ...more,
});
const option = (value: string) => ({ text: plain(value), value });
const modal = (more: object = {}) => ({ type: "modal", title: plain("Title"), blocks: [section()], ...more });
const said = (faults: { pointer: string; message: string }[]) =>
  faults.map((fault) => `${fault.pointer}: ${fault.message}`);

test("every kind of input passes in a modal", () => {
  const options = [option("a"), option("b")];
  const elements = [
    { type: "plain_text_input", min_length: 1, max_length: 20 },
    { type: "email_text_input" },
    { type: "number_input", is_decimal_allowed: false },
    { type: "url_text_input" },
    { type: "users_select", initial_user: "U1" },
    { type: "multi_users_select", max_selected_items: 3 },
    { type: "conversations_select" },
    { type: "multi_conversations_select", filter: { include: ["public"] } },
    { type: "channels_select" },
    { type: "static_select", options, initial_option: option("a") },
    { type: "static_select", option_groups: [{ label: plain("Group"), options }] },
    { type: "multi_static_select", options },
    { type: "radio_buttons", options: [{ text: mrkdwn("*a*"), value: "a" }] },
    { type: "checkboxes", options, initial_options: [option("b")] },
    { type: "datepicker", initial_date: "2026-03-02" },
    { type: "timepicker", initial_time: "09:30" },
    { type: "datetimepicker", initial_date_time: 1_772_000_000 },
    { type: "file_input", max_files: 10 },
    { type: "rich_text_input" },
  ];
  const blocks = elements.map((element, index) => input(element, { block_id: `field${index}` }));
  expect(validateView(modal({ submit: plain("Send"), blocks }), "modal")).toEqual([]);
});

test.each([
  [
    "a title past 24 characters",
    { title: plain("x".repeat(25)) },
    "/view/title/text: must be less than 25 characters",
  ],
  ["a title in mrkdwn", { title: mrkdwn("x") }, "/view/title/type: unsupported type: mrkdwn"],
  [
    "inputs without a submit button",
    { blocks: [input({ type: "plain_text_input" })] },
    "/view: missing required field: submit, as there are input blocks",
  ],
  [
    "too much metadata",
    { private_metadata: "x".repeat(3_001) },
    "/view/private_metadata: must be less than 3001 characters",
  ],
  [
    "a long callback id",
    { callback_id: "x".repeat(256) },
    "/view/callback_id: must be less than 256 characters",
  ],
  [
    "101 blocks",
    { blocks: Array.from({ length: 101 }, () => ({ type: "divider" })) },
    "/view/blocks: no more than 100 items allowed",
  ],
  ["no blocks", { blocks: [] }, "/view/blocks: must have at least 1 items"],
  ["a home tab", { type: "home", title: undefined }, '/view/type: must be "modal"'],
  [
    "a menu with 101 options",
    {
      submit: plain("Go"),
      blocks: [
        input({
          type: "static_select",
          options: Array.from({ length: 101 }, (_, index) => option(`${index}`)),
        }),
      ],
    },
    "/view/blocks/0/element/options: no more than 100 items allowed",
  ],
  [
    "a preset that is not on offer",
    {
      submit: plain("Go"),
      blocks: [input({ type: "static_select", options: [option("a")], initial_option: option("b") })],
    },
    "/view/blocks/0/element: initial_option must match an option",
  ],
  [
    "an option value past 150 characters",
    { submit: plain("Go"), blocks: [input({ type: "radio_buttons", options: [option("x".repeat(151))] })] },
    "/view/blocks/0/element/options/0/value: must be less than 151 characters",
  ],
  [
    "a button as an input",
    { submit: plain("Go"), blocks: [input(button())] },
    "/view/blocks/0/element/type: unsupported type: button",
  ],
  ["a plan", { blocks: [{ type: "plan", title: "x" }] }, "/view/blocks/0/type: unsupported type: plan"],
])("%s is refused in a modal", (_name, more, fault) => {
  expect(said(validateView(modal(more), "modal"))).toContain(fault);
});
