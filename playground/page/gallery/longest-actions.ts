import type { Json } from "../../page-api.ts";
import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { LONG_NAMED } from "./company.ts";
import { ACCESSORY_ELEMENTS } from "./elements.ts";
import { LONG_CONFIRM, LONG_PLACEHOLDER, longButton, longOptions } from "./longest-elements.ts";
import { mrkdwn, plain, type Part } from "./parts.ts";
import type { Sample } from "./sample.ts";
import { eitherOf, many, textOf, unbrokenOf } from "./words.ts";

const address = (length: number) => `https://tickets.example/${"t".repeat(length - 24)}`;

/** What is special about some of the buttons. */
function extraOf(number: number): Record<string, Json> {
  if (number === 1) return { action_id: textOf(L.action_id.max_length), confirm: LONG_CONFIRM };
  if (number === 2) return { url: address(L.button.url.max_length) };
  if (number === 3) return { accessibility_label: textOf(L.button.accessibility_label.max_length) };
  return {};
}

const feedback = (text: string) => ({
  text: plain(text),
  value: textOf(L.feedback_button.value.max_length),
  // Who speaks to the page says what stands on the button.
  accessibility_label: text.slice(0, L.feedback_button.accessibility_label.max_length),
});

/** The same element with the longest words and options in it. */
function lengthened(element: Part): Part {
  if (element.type === "workflow_button")
    return { ...element, text: plain(textOf(L.button.text.max_length)) };
  if (element.type === "radio_buttons") return { ...element, options: longOptions(2) };
  if (element.type === "checkboxes") return { ...element, options: longOptions(2) };
  if (element["placeholder"] === undefined) return element;
  return { ...element, ...LONG_PLACEHOLDER };
}

/** As much to press and choose as Slack takes. */
export const LONGEST_ACTIONS: readonly Sample[] = [
  {
    id: "longest-actions",
    title: "As many buttons as there may be",
    surface: "message",
    blocks: [
      {
        type: "actions",
        block_id: textOf(L.block_id.max_length),
        elements: many(L.actions.elements.max_items, (number) => ({
          ...longButton(number),
          ...extraOf(number),
        })),
      },
      {
        type: "actions",
        block_id: "longest-overflow",
        elements: [
          {
            type: "overflow",
            action_id: "overflow",
            options: longOptions(L.overflow.options.max_items, { url: address(L.option.url.max_length) }),
          },
        ],
      },
      {
        type: "context_actions",
        block_id: "longest-context-actions",
        elements: [
          {
            type: "feedback_buttons",
            action_id: "feedback",
            positive_button: feedback(textOf(L.feedback_button.text.max_length)),
            negative_button: feedback(unbrokenOf(L.feedback_button.text.max_length)),
          },
          ...many(L.context_actions.elements.max_items - 1, (number) => ({
            type: "icon_button",
            action_id: `icon-${number}`,
            icon: "trash",
            text: plain(eitherOf(L.button.text.max_length, number)),
            visible_to_user_ids: many(L.icon_button.visible_to_user_ids.max_items, (user) => `U${user}`),
          })),
        ],
      },
    ],
  },
  {
    id: "longest-beside",
    title: "Long elements beside long texts",
    surface: "home",
    company: LONG_NAMED,
    blocks: [
      ["A button", longButton(1)] as const,
      ["A button without a break", longButton(2)] as const,
      ...ACCESSORY_ELEMENTS,
    ].map(([label, element], index) => ({
      type: "section",
      block_id: `longest-beside-${index}`,
      text: mrkdwn(`${label}. ${eitherOf(200, index)}`),
      accessory: { ...lengthened(element), action_id: "value" },
    })),
  },
];
