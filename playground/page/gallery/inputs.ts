import type { Block } from "../../page-api.ts";
import { INPUT_ELEMENTS, TYPED } from "./elements.ts";
import { options, plain } from "./parts.ts";
import type { Sample } from "./sample.ts";

function inputs(prefix: string, elements: typeof INPUT_ELEMENTS): Block[] {
  return elements.map(([label, element, extra], index) => ({
    type: "input",
    block_id: `${prefix}-${index}`,
    label: plain(label),
    element: { ...element, action_id: "value" },
    ...extra,
  }));
}

/** What is filled in, with ordinary content. */
export const INPUT_SAMPLES: readonly Sample[] = [
  { id: "inputs", title: "Fields of a form", surface: "modal", blocks: inputs("input", INPUT_ELEMENTS) },
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
        block_id: "chosen",
        label: plain("Chosen already"),
        element: {
          type: "multi_users_select",
          action_id: "value",
          initial_users: ["U0SAM", "U0RILEY"],
        },
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
    id: "inputs-home",
    title: "Fields of a home tab",
    surface: "home",
    // Slack takes files in modals only.
    blocks: inputs(
      "home-input",
      INPUT_ELEMENTS.filter(([, { type }]) => type !== "file_input"),
    ),
  },
];
