import type { Block } from "../../page-api.ts";
import { mrkdwn, options, plain, textCell, type Part } from "./parts.ts";
import type { Sample } from "./sample.ts";

const LETTER = "m";
const one = options([LETTER]);

function input(id: string, element: Part): Block {
  const named = { ...element, action_id: LETTER };
  return { type: "input", block_id: `smallest-${id}`, label: plain(LETTER), element: named };
}

/** Blocks with as little in them as Slack takes. */
export const SMALLEST_SAMPLES: readonly Sample[] = [
  {
    id: "smallest-blocks",
    title: "As little as there may be, in a message",
    surface: "message",
    blocks: [
      { type: "section", text: mrkdwn(LETTER) },
      { type: "markdown", text: LETTER },
      { type: "carousel", elements: [{ type: "card", body: mrkdwn(LETTER) }] },
      { type: "container", child_blocks: [{ type: "divider" }] },
      { type: "plan", title: LETTER },
      { type: "task_card", task_id: LETTER, title: LETTER, status: "pending" },
      { type: "table", rows: [[textCell(LETTER)]] },
      { type: "data_table", caption: LETTER, page_size: 1, rows: [[textCell(LETTER)], [textCell(LETTER)]] },
      { type: "rich_text", elements: [] },
      {
        type: "video",
        video_url: "https://v.example",
        thumbnail_url: "https://v.example",
        alt_text: LETTER,
        title: plain(LETTER),
      },
      {
        type: "actions",
        block_id: "smallest-actions",
        elements: [{ type: "overflow", action_id: LETTER, options: one }],
      },
    ],
  },
  {
    id: "smallest-fields",
    title: "As little as there may be, in a modal",
    surface: "modal",
    blocks: [
      input("checkboxes", { type: "checkboxes", options: one }),
      input("radio", { type: "radio_buttons", options: one }),
      input("groups", { type: "static_select", option_groups: [{ label: plain(LETTER), options: one }] }),
      input("files", { type: "file_input", max_files: 1 }),
    ],
  },
];
