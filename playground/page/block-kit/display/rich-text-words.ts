import type { RichTextBlock, RichTextElement } from "@slack/types";

/** The words of a rich text without its formatting: what a table is sorted by. */
export function richTextWords(block: Pick<RichTextBlock, "elements">): string {
  return block.elements
    .flatMap((part) => (part.type === "rich_text_list" ? part.elements : [part]))
    .map(({ elements }) => elements.map(inlineWords).join(""))
    .join("\n");
}

function inlineWords(element: RichTextElement): string {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return element.text ?? element.url;
    case "emoji":
      return `:${element.name}:`;
    case "user":
      return `@${element.user_id}`;
    case "usergroup":
      return `@${element.usergroup_id}`;
    case "team":
      return `@${element.team_id}`;
    case "channel":
      return `#${element.channel_id}`;
    case "broadcast":
      return `@${element.range}`;
    case "color":
      return element.value;
    default:
      return String(element.timestamp);
  }
}
