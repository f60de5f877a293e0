import type { Block, PageMessage } from "../../page-api.ts";

/** What a message shows: its blocks, or its text where it has none. */
export function asBlocks(message: Pick<PageMessage, "blocks" | "text">): Block[] {
  if (message.blocks.length > 0 || message.text === "") return message.blocks;
  return [{ type: "section", block_id: "text", text: { type: "mrkdwn", text: message.text } }];
}
