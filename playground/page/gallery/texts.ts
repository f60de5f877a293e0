import { mrkdwn, picture, plain } from "./parts.ts";
import type { Sample } from "./sample.ts";

const MOMENT = 1_795_430_400;

/** What is read, with ordinary content. */
export const TEXT_SAMPLES: readonly Sample[] = [
  {
    id: "texts",
    title: "Texts",
    surface: "message",
    blocks: [
      { type: "header", text: plain("Offboard from Zoom: Sam Rivers :lock:") },
      {
        type: "section",
        text: mrkdwn(
          `*Person:* <@U0SAM> in <#C0OFFBOARD>, for <!subteam^S0IT|@it>\n_Asked_ <!date^${MOMENT}^{date_short_pretty} at {time_secs}|then>, ~not~ \`now\`, see <https://tickets.example/4711|the ticket>\n&gt; quoted &lt;text&gt;\n\`\`\`as it is\`\`\``,
        ),
      },
      {
        type: "section",
        fields: [mrkdwn("*Zoom*\n:white_check_mark: inactive"), mrkdwn("*Cloudflare*\nno sessions")],
      },
      { type: "divider" },
      {
        type: "context",
        elements: [picture("A lock"), mrkdwn("*Rule:* one of `security`"), plain("Expires soon")],
      },
      { ...picture("A lock on a green door"), title: plain("A picture") },
      { type: "section", text: plain("Plain text keeps *its stars* and :shows: what is no emoji.") },
    ],
  },
  {
    id: "rich-text",
    title: "Rich text",
    surface: "message",
    blocks: [
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "Bold", style: { bold: true } },
              { type: "text", text: ", " },
              { type: "text", text: "italic", style: { italic: true } },
              { type: "text", text: ", " },
              { type: "text", text: "struck", style: { strike: true } },
              { type: "text", text: ", " },
              { type: "text", text: "code", style: { code: true } },
              { type: "text", text: ", " },
              { type: "text", text: "underlined", style: { underline: true } },
              { type: "text", text: ", " },
              { type: "text", text: "all of it", style: { bold: true, italic: true, underline: true } },
              { type: "text", text: " for " },
              { type: "user", user_id: "U0SAM" },
              { type: "text", text: " " },
              { type: "channel", channel_id: "C0OFFBOARD" },
              { type: "text", text: " " },
              { type: "usergroup", usergroup_id: "S0SEC" },
              { type: "text", text: " " },
              { type: "broadcast", range: "here" },
              { type: "text", text: " " },
              { type: "emoji", name: "white_check_mark" },
              { type: "text", text: " " },
              { type: "link", url: "https://tickets.example/4711", text: "the ticket" },
              { type: "text", text: " " },
              { type: "color", value: "#0b6a60" },
              { type: "text", text: " " },
              { type: "date", timestamp: MOMENT, format: "{date_long} at {time}", fallback: "then" },
            ],
          },
          {
            type: "rich_text_list",
            style: "ordered",
            elements: [
              { type: "rich_text_section", elements: [{ type: "text", text: "First" }] },
              { type: "rich_text_section", elements: [{ type: "text", text: "Second" }] },
            ],
          },
          {
            type: "rich_text_list",
            style: "bullet",
            indent: 1,
            border: 1,
            elements: [
              { type: "rich_text_section", elements: [{ type: "text", text: "Deeper, with a border" }] },
            ],
          },
          { type: "rich_text_quote", elements: [{ type: "text", text: "Quoted" }] },
          { type: "rich_text_preformatted", elements: [{ type: "text", text: "as  it\n  is" }] },
        ],
      },
    ],
  },
  {
    id: "markdown",
    title: "Markdown",
    surface: "message",
    blocks: [
      {
        type: "markdown",
        text: [
          "# What happened",
          "**Locked** at *03:12*, ~~not~~ `done`, see [the ticket](https://tickets.example/4711).",
          "> Said by somebody",
          "- [x] Zoom\n- [ ] Cloudflare",
          "1. First\n2. Second",
          "| Door | State |\n| --- | ---: |\n| Zoom | closed |\n| Cloudflare | open |",
          "```\nas it is\n```",
          "<b>HTML is text</b>",
          "---",
          "![A lock](https://pictures.example/lock.png)",
        ].join("\n\n"),
      },
    ],
  },
];
