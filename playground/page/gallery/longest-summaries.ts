import type { Json } from "../../page-api.ts";
import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { button, mrkdwn, paragraph, picture, plain, textCell } from "./parts.ts";
import type { Sample } from "./sample.ts";
import { eitherOf, many, textOf } from "./words.ts";

/** Odd ones in words, even ones without a break. */
function longCard(number: number, extra: Record<string, Json> = {}) {
  return {
    type: "card",
    icon: picture(textOf(L.image.alt_text.max_length)),
    title: mrkdwn(eitherOf(L.card.title.max_length, number)),
    subtitle: mrkdwn(eitherOf(L.card.subtitle.max_length, number)),
    body: mrkdwn(eitherOf(L.card.body.max_length, number)),
    subtext: mrkdwn(eitherOf(L.card.subtext.max_length, number)),
    actions: many(L.card.actions.max_items, (place) =>
      button(eitherOf(L.button.text.max_length, place), { action_id: `card-${number}-${place}` }),
    ),
    ...extra,
  };
}

/** The fullest cards, containers and plans that Slack takes. */
export const LONGEST_SUMMARIES: readonly Sample[] = [
  {
    id: "longest-cards",
    title: "The fullest card and carousel",
    surface: "message",
    blocks: [
      longCard(1, {
        block_id: "longest-card",
        hero_image: picture(textOf(L.image.alt_text.max_length)),
      }),
      { type: "carousel", elements: many(L.carousel.elements.max_items, (number) => longCard(number)) },
    ],
  },
  {
    id: "longest-container",
    title: "The fullest container",
    surface: "message",
    blocks: [
      {
        type: "container",
        title: plain(textOf(L.container.title.max_length)),
        subtitle: mrkdwn(textOf(L.container.subtitle.max_length)),
        icon: picture(textOf(L.image.alt_text.max_length)),
        is_collapsible: true,
        child_blocks: [
          {
            type: "table",
            rows: many(3, (row) => many(12, (column) => textCell(eitherOf(40, row + column)))),
          },
          ...many(L.container.child_blocks.max_items - 1, (number) => ({
            type: "section",
            text: mrkdwn(eitherOf(800, number)),
            expand: true,
          })),
        ],
      },
    ],
  },
  {
    id: "longest-plan",
    title: "A full plan",
    surface: "message",
    blocks: [
      {
        type: "plan",
        title: textOf(150),
        tasks: many(4, (number) => ({
          type: "task_card",
          task_id: `long-${number}`,
          title: eitherOf(150, number),
          status: ["pending", "in_progress", "complete", "error"][number - 1] ?? "error",
          details: paragraph(eitherOf(800, number)),
          output: paragraph(eitherOf(800, number + 1)),
          sources: many(2, (source) => ({
            type: "url",
            url: `https://sources.example/${"s".repeat(L.url_source.url.max_length - 24)}`,
            text: eitherOf(150, source),
          })),
        })),
      },
    ],
  },
];
