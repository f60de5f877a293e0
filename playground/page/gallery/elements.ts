import type { Json } from "../../page-api.ts";
import { options, paragraph, plain, type Part } from "./parts.ts";

const FEW = ["Deactivate", "Disassociate", "Delete"];
const choose = { placeholder: plain("Choose") };

/** Every element that an input block holds, with ordinary content, by its label. */
export const INPUT_ELEMENTS: readonly [label: string, element: Part, extra?: Record<string, Json>][] = [
  ["Ticket", { type: "plain_text_input", placeholder: plain("TICKET-4711") }],
  [
    "Reason",
    { type: "plain_text_input", multiline: true, max_length: 200 },
    { hint: plain("Everyone reads it.") },
  ],
  ["E-mail", { type: "email_text_input", placeholder: plain("sam@northwind.example") }],
  ["Link", { type: "url_text_input", placeholder: plain("https://…") }],
  ["How many", { type: "number_input", is_decimal_allowed: false, min_value: "1", max_value: "30" }],
  ["Note", { type: "rich_text_input" }],
  ["What happens", { type: "static_select", options: options(FEW, "Read this first."), ...choose }],
  [
    "From a group",
    {
      type: "static_select",
      option_groups: [
        { label: plain("Look"), options: options(["Get a user", "List users"]) },
        { label: plain("Change"), options: options(["Update a user", "Delete a user"]) },
      ],
      ...choose,
    },
  ],
  ["From elsewhere", { type: "external_select", min_query_length: 0, ...choose }],
  ["Person", { type: "users_select", ...choose }],
  ["Conversation", { type: "conversations_select", ...choose }],
  ["Channel", { type: "channels_select", ...choose }],
  ["Some of these", { type: "multi_static_select", options: options(FEW), ...choose }],
  ["Some from elsewhere", { type: "multi_external_select", min_query_length: 0, ...choose }],
  ["People", { type: "multi_users_select", ...choose }],
  ["Conversations", { type: "multi_conversations_select", ...choose }],
  ["Channels", { type: "multi_channels_select", ...choose }],
  ["One of these", { type: "radio_buttons", options: options(FEW, "In one sentence.") }],
  ["Any of these", { type: "checkboxes", options: options(["Meetings", "Webinars", "Recordings"]) }],
  ["Day", { type: "datepicker" }],
  ["Time", { type: "timepicker" }],
  ["Moment", { type: "datetimepicker" }],
  ["Pictures", { type: "file_input", filetypes: ["png", "jpg"], max_files: 2 }],
];

const ONLY_IN_INPUTS = new Set([
  "plain_text_input",
  "email_text_input",
  "url_text_input",
  "number_input",
  "file_input",
]);
const NOT_BESIDE = new Set([...ONLY_IN_INPUTS, "rich_text_input", "datetimepicker"]);

const menuAndButton: readonly [label: string, element: Part][] = [
  ["More", { type: "overflow", options: options(["Cancel", "Explain"]) }],
  ["A workflow", { type: "workflow_button", text: plain("Start a workflow"), workflow: {} }],
];

/** What an actions block holds besides buttons, with ordinary content, by its label. */
export const ACTION_ELEMENTS: readonly (readonly [label: string, element: Part])[] = [
  ...INPUT_ELEMENTS.filter(([, { type }]) => !ONLY_IN_INPUTS.has(type)).map(
    ([label, element]) => [label, element] as const,
  ),
  ...menuAndButton,
];

/** What stands beside the text of a section and can be acted on, with ordinary content, by its label. */
export const ACCESSORY_ELEMENTS = ACTION_ELEMENTS.filter(([, { type }]) => !NOT_BESIDE.has(type));

/** A rich text that is already typed. */
export const TYPED = paragraph("Already typed.");
