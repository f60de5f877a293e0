import {
  button,
  mrkdwn,
  numberCell,
  paragraph,
  picture,
  plain,
  section,
  textCell,
  type Part,
} from "./parts.ts";
import type { Sample } from "./sample.ts";
import { many } from "./words.ts";

const LEVELS = ["default", "info", "warning", "error", "success"];
const STATUSES = ["pending", "in_progress", "complete", "error"];

const card = (name: string) => ({
  type: "card",
  icon: picture("A lock"),
  title: mrkdwn(`*${name}*`),
  subtitle: mrkdwn("Licensed, 2 sessions"),
  body: mrkdwn("Signed in from two places."),
  actions: [button("Look", { value: name })],
});

/** What sums up, with ordinary content. */
export const SUMMARY_SAMPLES: readonly Sample[] = [
  {
    id: "alerts",
    title: "Alerts",
    surface: "modal",
    blocks: LEVELS.map((level) => ({ type: "alert", level, text: plain(`An alert of the level ${level}.`) })),
  },
  {
    id: "cards",
    title: "Card, carousel and container",
    surface: "message",
    blocks: [
      { ...card("Sam Rivers"), block_id: "card", hero_image: picture("A door") },
      { type: "carousel", elements: ["Sam Rivers", "Dana Wolf", "Eve Castell"].map(card) },
      {
        type: "container",
        title: plain("Five steps"),
        subtitle: mrkdwn("Three are proven"),
        icon: picture("A list"),
        is_collapsible: true,
        child_blocks: [
          { type: "section", text: mrkdwn("*Zoom* is closed.") },
          { type: "divider" },
          { type: "context", elements: [mrkdwn("Read back twice.")] },
        ],
      },
      {
        type: "container",
        rich_text_title: {
          type: "rich_text",
          elements: [
            section(
              { type: "text", text: "Folded, with " },
              { type: "link", url: "https://tickets.example/4711", text: "a ticket" },
            ),
          ],
        },
        width: "narrow",
        is_collapsible: true,
        default_collapsed: true,
        child_blocks: [{ type: "section", text: plain("What was folded away.") }],
      },
      {
        type: "container",
        title: plain("Always open"),
        width: "full",
        has_header_divider: true,
        child_blocks: [
          {
            type: "table",
            rows: [
              [textCell("Door"), textCell("State")],
              [textCell("Zoom"), textCell("closed")],
            ],
          },
        ],
      },
    ],
  },
  {
    id: "plans",
    title: "Plan and task",
    surface: "message",
    blocks: [
      {
        type: "plan",
        title: "Lockout of Sam Rivers",
        tasks: STATUSES.map((status, index) => ({
          type: "task_card",
          task_id: `task-${index}`,
          title: `Step ${index + 1}`,
          status,
        })),
      },
      {
        type: "task_card",
        task_id: "alone",
        title: "Revoke every session",
        status: "complete",
        details: paragraph("Account first, then each zone."),
        output: paragraph("No session is left."),
        sources: [{ type: "url", url: "https://developers.cloudflare.com/", text: "Cloudflare's documents" }],
      },
    ],
  },
  {
    id: "tables",
    title: "Tables",
    surface: "message",
    blocks: [
      {
        type: "table",
        column_settings: [{ is_wrapped: true }, { align: "right" }, { align: "center" }],
        rows: [
          [textCell("Person"), textCell("Sessions"), textCell("Last seen")],
          [paragraph("Sam Rivers"), numberCell(2), textCell("today")],
          [paragraph("Eve Castell"), numberCell(14), textCell("never")],
        ],
      },
      {
        type: "data_table",
        caption: "Users",
        page_size: 5,
        row_header_column_index: 0,
        rows: [
          [textCell("Person"), textCell("Status"), textCell("Sessions"), paragraph("Proven")],
          ...many(12, (count): Part[] => [
            textCell(`Person ${count}`),
            textCell(count % 3 === 0 ? "inactive" : "active"),
            numberCell(count % 4),
            paragraph(count % 2 === 0 ? "yes" : "no"),
          ]),
        ],
      },
    ],
  },
  {
    id: "others",
    title: "What this page has no picture of",
    surface: "message",
    blocks: [{ type: "data_visualization", block_id: "chart", title: "Locked doors in a day" }],
  },
];
