import { BLOCK_LIMITS as L } from "../../slack/limits.ts";
import { LONG_NAMED } from "./company.ts";
import { mrkdwn, paragraph, picture, plain, section } from "./parts.ts";
import type { Sample } from "./sample.ts";
import { eitherOf, many, textOf, unbrokenOf } from "./words.ts";

const text = (length: number) => ({ type: "text", text: textOf(length) });

const MARKDOWN_START = [
  `# ${textOf(200)}`,
  `## ${unbrokenOf(200)}`,
  `> ${textOf(300)}`,
  many(6, (depth) => `${"  ".repeat(depth - 1)}- ${eitherOf(120, depth)}`).join("\n"),
  `- [x] ${textOf(150)}\n- [ ] ${unbrokenOf(150)}`,
  `1. First\n\n   ${textOf(150)}`,
  `| ${many(12, (column) => `Column ${column}`).join(" | ")} |\n| ${many(12, () => "---").join(" | ")} |\n| ${many(12, (column) => eitherOf(60, column)).join(" | ")} |`,
  `\`\`\`\n${unbrokenOf(300)}\n\`\`\``,
  `[${textOf(100)}](https://tickets.example/${unbrokenOf(500)}), [by reference][ticket], <b>no markup</b>, \`${unbrokenOf(100)}\`, noted[^1]`,
  `[ticket]: https://tickets.example/4711\n\n[^1]: ${textOf(100)}`,
  `![${textOf(200)}](https://pictures.example/one.png)`,
  "",
].join("\n\n");

/** The longest texts that Slack takes. */
export const LONGEST_TEXTS: readonly Sample[] = [
  {
    id: "longest-texts",
    title: "The longest texts of a message",
    surface: "message",
    company: LONG_NAMED,
    blocks: [
      { type: "header", text: plain(textOf(L.header.text.max_length)) },
      { type: "header", text: plain(unbrokenOf(L.header.text.max_length)) },
      { type: "section", text: mrkdwn(textOf(L.section.text.max_length)), expand: true },
      { type: "section", text: mrkdwn("<@U0SAM>, <@U0RILEY> and <#C0SEC>") },
      { type: "section", text: plain(unbrokenOf(L.section.text.max_length)), expand: true },
      { type: "alert", level: "warning", text: plain(textOf(L.alert.text.max_length)) },
      { type: "alert", level: "error", text: plain(unbrokenOf(L.alert.text.max_length)) },
      {
        ...picture(textOf(L.image.alt_text.max_length)),
        image_url: `https://pictures.example/${"p".repeat(L.image.image_url.max_length - 25)}`,
        title: plain(textOf(2_000)),
      },
    ],
  },
  {
    id: "longest-fields",
    title: "The longest fields and context",
    surface: "home",
    blocks: [
      {
        type: "section",
        fields: many(L.section.fields.max_items, (number) =>
          mrkdwn(eitherOf(L.section.fields.item_max_length, number)),
        ),
      },
      {
        type: "context",
        elements: many(L.context.elements.max_items, (number) =>
          mrkdwn(number === 3 ? "m" : eitherOf(L.text.max_length, number)),
        ),
      },
      {
        type: "video",
        video_url: "https://videos.example/one",
        thumbnail_url: "https://videos.example/one.png",
        alt_text: textOf(L.video.alt_text.max_length),
        title: plain(unbrokenOf(L.video.title.max_length)),
        title_url: "https://videos.example/one",
        author_name: textOf(L.video.author_name.max_length),
        provider_name: unbrokenOf(L.video.provider_name.max_length),
        description: plain(textOf(L.video.description.max_length)),
      },
    ],
  },
  {
    id: "longest-markdown",
    title: "The longest Markdown",
    surface: "message",
    blocks: [
      {
        type: "markdown",
        text: MARKDOWN_START + textOf(L.markdown.text.max_length - MARKDOWN_START.length),
      },
    ],
  },
  {
    id: "longest-rich-text",
    title: "A long rich text, with lists as deep as they go",
    surface: "message",
    company: LONG_NAMED,
    blocks: [
      paragraph(textOf(3_000)),
      {
        type: "rich_text",
        elements: [
          section(
            { type: "user", user_id: "U0SAM" },
            { type: "link", url: "https://tickets.example/", text: unbrokenOf(300) },
          ),
          ...many(9, (depth) => ({
            type: "rich_text_list",
            style: depth % 2 === 1 ? "ordered" : "bullet",
            indent: depth - 1,
            border: depth % 3 === 0 ? 1 : 0,
            offset: depth === 1 ? 997 : 0,
            elements: [section(text(200)), section({ type: "text", text: unbrokenOf(200) })],
          })),
          { type: "rich_text_quote", border: 1, elements: [text(500)] },
          { type: "rich_text_preformatted", border: 1, elements: [{ type: "text", text: unbrokenOf(500) }] },
        ],
      },
    ],
  },
];
