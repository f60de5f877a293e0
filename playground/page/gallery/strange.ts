import type { Block } from "../../page-api.ts";
import { plain } from "./parts.ts";

/** Blocks that no app can send: what Slack only hands out, what it may have one day, and what is malformed. */
export const STRANGE_BLOCKS: readonly Block[] = [
  { type: "file", block_id: "file", source: "remote", external_id: "report-4711" },
  { type: "hologram", block_id: "hologram", text: plain("A door that turns") },
  { type: "section", block_id: "malformed-section", fields: "no list" },
  { type: "table", block_id: "malformed-table", rows: [[{ type: "rich_text" }]] },
  { type: "alert", block_id: "malformed-alert", level: "purple", text: plain("Of no known level") },
];
