import type { Block, Json } from "../../page-api.ts";
import { INPUT_ELEMENTS, TYPED } from "./elements.ts";
import { CONFIRM, mrkdwn, options, plain, type Part } from "./parts.ts";
import type { Sample } from "./sample.ts";

function inputs(prefix: string): Block[] {
  return INPUT_ELEMENTS.map(([label, element, extra], index) => ({
    type: "input",
    block_id: `${prefix}-${index}`,
    label: plain(label),
    element: { ...element, action_id: "value" },
    ...extra,
  }));
}

const button = (text: string, extra: Record<string, Json> = {}): Part => ({
  type: "button",
  text: plain(text),
  action_id: text,
  value: text,
  ...extra,
});

const beside = (text: string, accessory: Part): Block => ({
  type: "section",
  block_id: `beside-${text}`,
  text: mrkdwn(text),
  accessory: { action_id: "value", ...accessory },
});

/** What is filled in, chosen and pressed, with ordinary content. */
export const INPUT_SAMPLES: readonly Sample[] = [
  { id: "inputs", title: "Fields of a form", surface: "modal", blocks: inputs("input") },
  {
    id: "inputs-filled",
    title: "Fields that are filled in, optional, or tell the app at once",
    surface: "modal",
    blocks: [
      {
        type: "input",
        block_id: "typed",
        label: plain("Typed already"),
        optional: true,
        element: { type: "plain_text_input", action_id: "value", initial_value: "ticket 4711" },
      },
      {
        type: "input",
        block_id: "typed-rich",
        label: plain("Note, typed already"),
        element: { type: "rich_text_input", action_id: "value", initial_value: TYPED },
      },
      {
        type: "input",
        block_id: "told",
        label: plain("Tells the app at once"),
        dispatch_action: true,
        element: { type: "static_select", action_id: "value", options: options(["One", "Two"]) },
      },
      {
        type: "input",
        block_id: "wrong",
        label: plain("With something wrong"),
        hint: plain("A link that begins with https://."),
        element: { type: "url_text_input", action_id: "value", initial_value: "ticket 4711" },
      },
    ],
  },
  {
    id: "actions",
    title: "Buttons and menus",
    surface: "message",
    blocks: [
      {
        type: "actions",
        block_id: "decide",
        elements: [
          button("Approve", { style: "primary" }),
          button("Deny", { style: "danger" }),
          button("Delete", { style: "danger", confirm: CONFIRM }),
          button("Open the ticket", { url: "https://tickets.example/4711" }),
        ],
      },
      {
        type: "actions",
        block_id: "menus",
        elements: [
          {
            type: "static_select",
            action_id: "menu",
            placeholder: plain("Do something else"),
            options: options(["Ask for more", "Hand it on"]),
          },
          { type: "users_select", action_id: "person", placeholder: plain("A person") },
          { type: "datepicker", action_id: "day" },
          { type: "overflow", action_id: "more", options: options(["Cancel", "Explain"]) },
          { type: "workflow_button", action_id: "workflow", text: plain("Start a workflow"), workflow: {} },
        ],
      },
      {
        type: "context_actions",
        block_id: "context-actions",
        elements: [
          {
            type: "feedback_buttons",
            action_id: "feedback",
            positive_button: { text: plain("Good answer"), value: "good" },
            negative_button: { text: plain("Bad answer"), value: "bad" },
          },
          { type: "icon_button", action_id: "away", icon: "trash", text: plain("Delete the answer") },
        ],
      },
    ],
  },
  {
    id: "beside",
    title: "Elements beside a text",
    surface: "home",
    blocks: [
      beside("A button", button("Look")),
      beside("A picture", { type: "image", image_url: "https://pictures.example/a.png", alt_text: "A lock" }),
      beside("A menu", { type: "static_select", options: options(["One", "Two"]) }),
      beside("More", { type: "overflow", options: options(["Cancel", "Explain"]) }),
      beside("Choices", { type: "radio_buttons", options: options(["Now", "Later"]) }),
      beside("Ticks", { type: "checkboxes", options: options(["Zoom", "Cloudflare"]) }),
      beside("A day", { type: "datepicker", initial_date: "2026-12-31" }),
      beside("People", { type: "multi_users_select", placeholder: plain("Choose") }),
    ].map((block) =>
      // A picture is no element that tells anything.
      block["accessory"] !== undefined && (block["accessory"] as Part).type === "image"
        ? { ...block, accessory: withoutAction(block["accessory"] as Part) }
        : block,
    ),
  },
];

function withoutAction({ action_id: _actionId, ...part }: Part): Part {
  return part;
}
