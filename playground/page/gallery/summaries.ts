import { mrkdwn, paragraph, picture, plain, type Part } from "./parts.ts";
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
  actions: [{ type: "button", text: plain("Look"), action_id: "look", value: name }],
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
        has_header_divider: true,
        child_blocks: [
          { type: "section", text: mrkdwn("*Zoom* is closed.") },
          { type: "divider" },
          { type: "context", elements: [mrkdwn("Read back twice.")] },
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
        column_settings: [{ is_wrapped: true }, { align: "right" }],
        rows: [
          [
            { type: "raw_text", text: "Person" },
            { type: "raw_text", text: "Sessions" },
          ],
          [paragraph("Sam Rivers"), { type: "raw_number", value: 2, text: "2" }],
        ],
      },
      {
        type: "data_table",
        caption: "Users",
        page_size: 5,
        row_header_column_index: 0,
        rows: [
          [
            { type: "raw_text", text: "Person" },
            { type: "raw_text", text: "Status" },
            { type: "raw_text", text: "Sessions" },
          ],
          ...many(12, (number): Part[] => [
            { type: "raw_text", text: `Person ${number}` },
            { type: "raw_text", text: number % 3 === 0 ? "inactive" : "active" },
            { type: "raw_number", value: number % 4, text: String(number % 4) },
          ]),
        ],
      },
    ],
  },
  {
    id: "others",
    title: "What is only named",
    surface: "message",
    blocks: [
      {
        type: "video",
        video_url: "https://videos.example/one",
        thumbnail_url: "https://videos.example/one.png",
        alt_text: "How it works",
        title: plain("A video"),
      },
    ],
  },
];
