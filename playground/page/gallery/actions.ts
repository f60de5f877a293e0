import type { Block } from "../../page-api.ts";
import { ACCESSORY_ELEMENTS, ACTION_ELEMENTS } from "./elements.ts";
import { button, CONFIRM, mrkdwn, options, picture, plain, type Part } from "./parts.ts";
import type { Sample } from "./sample.ts";

function beside(text: string, accessory: Part): Block {
  return { type: "section", block_id: `beside-${text}`, text: mrkdwn(text), accessory };
}

/** What is pressed and chosen, with ordinary content. */
export const ACTION_SAMPLES: readonly Sample[] = [
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
    id: "every-action",
    title: "Everything that may stand among buttons",
    surface: "home",
    blocks: [
      {
        type: "actions",
        block_id: "every-action",
        elements: ACTION_ELEMENTS.map(([label, element]) => ({ ...element, action_id: label })),
      },
    ],
  },
  {
    id: "beside",
    title: "Elements beside a text",
    surface: "modal",
    blocks: [
      beside("A button", button("Look")),
      beside("A picture", picture("A lock")),
      ...ACCESSORY_ELEMENTS.map(([label, element]) => beside(label, { ...element, action_id: "value" })),
    ],
  },
];
