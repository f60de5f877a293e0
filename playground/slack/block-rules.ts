import {
  anyText,
  imageSource,
  mrkdwnText,
  oneImageSource,
  plainText,
  webAddress,
} from "./composition-rules.ts";
import {
  ACCESSORIES,
  ACTIONS,
  buttonRule,
  CONTEXT,
  CONTEXT_ACTIONS,
  imageElement,
  INPUTS,
} from "./element-rules.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import {
  all,
  anything,
  boolean,
  byType,
  integer,
  list,
  object,
  oneOf,
  relation,
  string,
  type Rule,
} from "./rules.ts";

export type Surface = "message" | "modal" | "home";

const L = BLOCK_LIMITS;

function block(fields: Record<string, Rule>, required: readonly string[] = []): Rule {
  return object({ block_id: string({ min: 1, max: L.block_id.max_length }), ...fields }, required);
}

const section = all(
  block({
    text: anyText(L.section.text.max_length),
    fields: list(anyText(L.section.fields.item_max_length), { min: 1, max: L.section.fields.max_items }),
    accessory: byType(ACCESSORIES),
    expand: boolean,
  }),
  relation((value) =>
    value["text"] === undefined && value["fields"] === undefined
      ? "missing required field: text or fields"
      : undefined,
  ),
);

const image = all(
  block(
    {
      ...imageSource,
      alt_text: string({ min: 1, max: L.image.alt_text.max_length }),
      title: plainText(2_000),
    },
    ["alt_text"],
  ),
  oneImageSource,
);

const richTextElement = byType({
  rich_text_section: object({ elements: list(anything) }, ["elements"]),
  rich_text_list: object(
    {
      elements: list(anything),
      style: oneOf("bullet", "ordered"),
      indent: integer({ min: 0, max: 8 }),
      offset: integer({ min: 0 }),
      border: oneOf(0, 1),
    },
    ["elements", "style"],
  ),
  rich_text_quote: object({ elements: list(anything), border: oneOf(0, 1) }, ["elements"]),
  rich_text_preformatted: object({ elements: list(anything), border: oneOf(0, 1), language: string() }, [
    "elements",
  ]),
});
const richText = block({ elements: list(richTextElement) }, ["elements"]);

function input(elements: Record<string, Rule>): Rule {
  return block(
    {
      label: plainText(L.input.label.max_length),
      hint: plainText(L.input.hint.max_length),
      optional: boolean,
      dispatch_action: boolean,
      element: byType(elements),
    },
    ["label", "element"],
  );
}

const card = all(
  block({
    hero_image: imageElement,
    icon: imageElement,
    title: mrkdwnText(L.card.title.max_length),
    subtitle: mrkdwnText(L.card.subtitle.max_length),
    body: mrkdwnText(L.card.body.max_length),
    subtext: mrkdwnText(L.card.subtext.max_length),
    actions: list(byType({ button: buttonRule }), { max: L.card.actions.max_items }),
  }),
  relation((value) =>
    ["hero_image", "title", "body", "actions"].every((field) => value[field] === undefined)
      ? "must have at least one of hero_image, title, body and actions"
      : undefined,
  ),
);

const cell = byType({
  raw_text: object({ text: string({ min: 1 }) }, ["text"]),
  raw_number: object({ value: anything, text: string({ min: 1 }) }, ["value", "text"]),
  rich_text: richText,
});

const dataTable = block(
  {
    rows: list(list(cell, { min: L.data_table.columns.min_items, max: L.data_table.columns.max_items }), {
      min: L.data_table.rows.min_items,
      max: L.data_table.rows.max_items,
    }),
    caption: string({ min: 1 }),
    page_size: integer(L.data_table.page_size),
    row_header_column_index: integer({ min: 0 }),
  },
  ["rows", "caption"],
);

const taskCard = block(
  {
    task_id: string({ min: 1 }),
    title: string({ min: 1 }),
    details: richText,
    output: richText,
    sources: list(object({ url: webAddress(3_000), text: string({ min: 1 }) }, ["url", "text"])),
    status: oneOf("pending", "in_progress", "complete", "error"),
  },
  ["task_id", "title", "status"],
);

const video = block(
  {
    video_url: webAddress(3_000),
    thumbnail_url: webAddress(3_000),
    alt_text: string({ min: 1, max: L.video.alt_text.max_length }),
    title: plainText(L.video.title.max_length),
    title_url: webAddress(3_000),
    author_name: string({ max: L.video.author_name.max_length }),
    provider_name: string({ max: L.video.provider_name.max_length }),
    provider_icon_url: webAddress(3_000),
    description: plainText(L.video.description.max_length),
  },
  ["video_url", "thumbnail_url", "alt_text", "title"],
);

const everywhere: Record<string, Rule> = {
  actions: block({ elements: list(byType(ACTIONS), { min: 1, max: L.actions.elements.max_items }) }, [
    "elements",
  ]),
  alert: block(
    {
      text: anyText(L.alert.text.max_length),
      level: oneOf("default", "info", "warning", "error", "success"),
    },
    ["text"],
  ),
  context: block({ elements: list(CONTEXT, { min: 1, max: L.context.elements.max_items }) }, ["elements"]),
  divider: block({}),
  header: block({ text: plainText(L.header.text.max_length) }, ["text"]),
  image,
  rich_text: richText,
  section,
  video,
};

function container(children: Record<string, Rule>): Rule {
  return block(
    {
      title: plainText(L.container.title.max_length),
      rich_text_title: richText,
      subtitle: anyText(L.container.subtitle.max_length),
      child_blocks: list(byType(children), { min: 1, max: L.container.child_blocks.max_items }),
      width: oneOf("narrow", "standard", "wide", "full"),
      icon: imageElement,
      is_collapsible: boolean,
      default_collapsed: boolean,
      has_header_divider: boolean,
    },
    ["child_blocks"],
  );
}

const tables: Record<string, Rule> = {
  data_table: dataTable,
  table: block(
    { rows: list(list(cell, { max: 20 }), { min: 1, max: 100 }), column_settings: list(anything) },
    ["rows"],
  ),
};

const inMessages: Record<string, Rule> = {
  ...everywhere,
  ...tables,
  card,
  carousel: block(
    {
      elements: list(byType({ card }), {
        min: L.carousel.elements.min_items,
        max: L.carousel.elements.max_items,
      }),
    },
    ["elements"],
  ),
  container: container({ ...everywhere, table: tables["table"] ?? anything }),
  context_actions: block(
    { elements: list(byType(CONTEXT_ACTIONS), { min: 1, max: L.context_actions.elements.max_items }) },
    ["elements"],
  ),
  data_visualization: anything,
  markdown: block({ text: string({ min: 1, max: L.markdown.text.max_length }) }, ["text"]),
  plan: block({ title: string({ min: 1 }), tasks: list(byType({ task_card: taskCard })) }, ["title"]),
  task_card: taskCard,
};

const { file_input: _inModalsOnly, ...inputsWithoutFiles } = INPUTS;

/** The blocks that each surface shows; the others are refused as unsupported. */
export const BLOCKS: Record<Surface, Record<string, Rule>> = {
  message: inMessages,
  modal: { ...everywhere, input: input(INPUTS) },
  home: { ...everywhere, input: input(inputsWithoutFiles) },
};
