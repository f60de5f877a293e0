import type { Block, Json } from "../../page-api.ts";
import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { LONG_NAMED } from "./company.ts";
import { INPUT_ELEMENTS } from "./elements.ts";
import { LONG_PLACEHOLDER, longOptions } from "./longest-elements.ts";
import { paragraph, plain, type Part } from "./parts.ts";
import type { Sample } from "./sample.ts";
import { eitherOf, many, textOf, unbrokenOf } from "./words.ts";

/** Words as long as they may be over the first two fields, and over the others as long as someone may write them. */
function long(length: number, index: number): string {
  return eitherOf(index < 2 ? length : 150, index + 1);
}

const EMPTY: Block[] = INPUT_ELEMENTS.map(([, element], index) => ({
  type: "input",
  block_id: `longest-input-${index}`,
  label: plain(long(L.input.label.max_length, index)),
  hint: plain(long(L.input.hint.max_length, index)),
  optional: true,
  element: {
    ...element,
    ...(element["placeholder"] === undefined ? {} : LONG_PLACEHOLDER),
    ...(element.type === "file_input" ? { max_files: L.file_input.max_files.max } : {}),
    action_id: "value",
  },
}));

const first = (options: Json | undefined): Json => (Array.isArray(options) ? (options[0] ?? null) : null);
const radio = longOptions(L.radio_buttons.options.max_items);
const menu = longOptions(L.select.options.max_items);
const several = longOptions(4);

const FILLED: readonly [label: string, element: Part][] = [
  [
    "The longest that can be typed",
    {
      type: "plain_text_input",
      multiline: true,
      max_length: L.plain_text_input.max_length.max,
      initial_value: textOf(L.plain_text_input.max_length.max),
    },
  ],
  [
    "The longest that can be typed on one line",
    { type: "plain_text_input", initial_value: unbrokenOf(L.plain_text_input.max_length.max) },
  ],
  ["A long address", { type: "url_text_input", initial_value: `https://tickets.example/${unbrokenOf(500)}` }],
  ["A long rich text", { type: "rich_text_input", initial_value: paragraph(textOf(3_000)) }],
  [
    "As many radio buttons as there may be",
    { type: "radio_buttons", options: radio, initial_option: first(radio) },
  ],
  [
    "As many checkboxes as there may be",
    { type: "checkboxes", options: longOptions(L.checkboxes.options.max_items) },
  ],
  [
    "As many options as there may be",
    { type: "static_select", ...LONG_PLACEHOLDER, options: menu, initial_option: first(menu) },
  ],
  [
    "As many groups as there may be",
    {
      type: "static_select",
      option_groups: many(L.select.option_groups.max_items, (number) => ({
        label: plain(eitherOf(L.option_group.label.max_length, number)),
        options:
          number === 1
            ? many(L.option_group.options.max_items, (option) => ({
                text: plain(`Option ${option}`),
                value: String(option),
              }))
            : [{ text: plain(`Of group ${number}`), value: `group-${number}` }],
      })),
    },
  ],
  ["Several long options", { type: "multi_static_select", options: several, initial_options: several }],
  ["People with long names", { type: "multi_users_select", initial_users: ["U0SAM", "U0RILEY"] }],
  ["A channel with a long name", { type: "channels_select", initial_channel: "C0SEC" }],
];

/** The longest fields that Slack takes. */
export const LONGEST_INPUTS: readonly Sample[] = [
  {
    id: "longest-inputs",
    title: "Fields with the longest labels, hints and placeholders",
    surface: "modal",
    company: LONG_NAMED,
    blocks: EMPTY,
  },
  {
    id: "longest-filled",
    title: "Fields with as much in them as there may be",
    surface: "modal",
    company: LONG_NAMED,
    blocks: FILLED.map(([label, element], index) => ({
      type: "input",
      block_id: `longest-filled-${index}`,
      label: plain(label),
      element: { ...element, action_id: "value" },
    })),
  },
];
