import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { INPUT_ELEMENTS } from "./elements.ts";
import { mrkdwn, options, paragraph, picture, plain } from "./parts.ts";
import type { Sample } from "./sample.ts";
import { many, textOf } from "./words.ts";

const option = (count: number) =>
  options(
    many(count, (number) => `${number} ${textOf(L.option.text.max_length - String(number).length - 1)}`),
    textOf(L.option.description.max_length),
  );
const button = (number: number) => ({
  type: "button",
  action_id: `button-${number}`,
  text: plain(textOf(L.button.text.max_length)),
  value: textOf(L.button.value.max_length),
  confirm: {
    title: plain(textOf(L.confirmation.title.max_length)),
    text: plain(textOf(L.confirmation.text.max_length)),
    confirm: plain(textOf(L.confirmation.confirm.max_length)),
    deny: plain(textOf(L.confirmation.deny.max_length)),
  },
});
const longCard = {
  type: "card",
  icon: picture(textOf(L.image.alt_text.max_length)),
  title: mrkdwn(textOf(L.card.title.max_length)),
  subtitle: mrkdwn(textOf(L.card.subtitle.max_length)),
  body: mrkdwn(textOf(L.card.body.max_length)),
  subtext: mrkdwn(textOf(L.card.subtext.max_length)),
  actions: many(L.card.actions.max_items, button),
};
const WIDE = L.data_table.columns.max_items;
/** The whole of a data table may hold so many characters; this is what is left for one cell of a row. */
const cell = (row: number, column: number) => ({ type: "raw_text", text: `${row}.${column}` });

/** Every block with as much in it as Slack takes. */
export const LONGEST_SAMPLES: readonly Sample[] = [
  {
    id: "longest-texts",
    title: "The longest texts",
    surface: "message",
    blocks: [
      { type: "header", text: plain(textOf(L.header.text.max_length)) },
      { type: "section", text: mrkdwn(textOf(L.section.text.max_length)), expand: true },
      {
        type: "section",
        fields: many(L.section.fields.max_items, () => mrkdwn(textOf(L.section.fields.item_max_length))),
      },
      {
        type: "context",
        elements: many(L.context.elements.max_items, () => mrkdwn(textOf(L.text.max_length))),
      },
      { ...picture(textOf(L.image.alt_text.max_length)), title: plain(textOf(2_000)) },
    ],
  },
  {
    id: "longest-markdown",
    title: "The longest Markdown",
    surface: "message",
    blocks: [{ type: "markdown", text: textOf(L.markdown.text.max_length) }],
  },
  {
    id: "longest-rich-text",
    title: "A long rich text",
    surface: "message",
    blocks: [paragraph(textOf(L.section.text.max_length))],
  },
  {
    id: "longest-summaries",
    title: "The fullest alert, card, carousel, container and plan",
    surface: "message",
    blocks: [
      { type: "alert", level: "warning", text: plain(textOf(L.alert.text.max_length)) },
      { ...longCard, block_id: "longest-card", hero_image: picture(textOf(L.image.alt_text.max_length)) },
      { type: "carousel", elements: many(L.carousel.elements.max_items, () => longCard) },
      {
        type: "container",
        title: plain(textOf(L.container.title.max_length)),
        subtitle: mrkdwn(textOf(L.container.subtitle.max_length)),
        is_collapsible: true,
        child_blocks: many(L.container.child_blocks.max_items, () => ({
          type: "section",
          text: mrkdwn(textOf(L.section.text.max_length)),
          expand: true,
        })),
      },
      {
        type: "plan",
        title: textOf(L.container.title.max_length),
        tasks: many(3, (number) => ({
          type: "task_card",
          task_id: `long-${number}`,
          title: textOf(L.container.title.max_length),
          status: "in_progress",
          details: paragraph(textOf(L.section.text.max_length)),
        })),
      },
    ],
  },
  {
    id: "longest-tables",
    title: "The largest tables",
    surface: "message",
    blocks: [
      {
        type: "data_table",
        caption: textOf(L.container.title.max_length),
        page_size: L.data_table.page_size.max,
        rows: many(L.data_table.rows.max_items, (row) => many(WIDE, (column) => cell(row, column))),
      },
      {
        type: "table",
        rows: many(100, (row) => many(WIDE, (column) => cell(row, column))),
      },
    ],
  },
  {
    id: "longest-actions",
    title: "As many buttons as there may be",
    surface: "message",
    blocks: [{ type: "actions", elements: many(L.actions.elements.max_items, button) }],
  },
  {
    id: "longest-inputs",
    title: "The longest fields",
    surface: "modal",
    blocks: [
      ...INPUT_ELEMENTS.map(([, element], index) => ({
        type: "input",
        block_id: `longest-input-${index}`,
        label: plain(textOf(L.input.label.max_length)),
        hint: plain(textOf(L.input.hint.max_length)),
        optional: true,
        element: { ...element, action_id: "value" },
      })),
      {
        type: "input",
        block_id: "longest-typed",
        label: plain("The longest that can be typed"),
        element: {
          type: "plain_text_input",
          action_id: "value",
          multiline: true,
          initial_value: textOf(L.plain_text_input.max_length.max),
        },
      },
      {
        type: "input",
        block_id: "longest-radio",
        label: plain("As many radio buttons as there may be"),
        element: {
          type: "radio_buttons",
          action_id: "value",
          options: option(L.radio_buttons.options.max_items),
        },
      },
      {
        type: "input",
        block_id: "longest-checkboxes",
        label: plain("As many checkboxes as there may be"),
        element: { type: "checkboxes", action_id: "value", options: option(L.checkboxes.options.max_items) },
      },
      {
        type: "input",
        block_id: "longest-select",
        label: plain("As many options as there may be"),
        element: {
          type: "static_select",
          action_id: "value",
          placeholder: plain(textOf(L.select.placeholder.max_length)),
          options: option(L.select.options.max_items),
        },
      },
    ],
  },
];
