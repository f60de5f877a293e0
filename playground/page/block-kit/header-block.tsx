import type { HeaderBlock as SlackHeaderBlock } from "@slack/types";
import { TextObject } from "./text.tsx";

/** A line in large type. */
export function HeaderBlock({ block }: { block: SlackHeaderBlock }) {
  return (
    <h3 class="bk-header">
      <TextObject text={block.text} />
    </h3>
  );
}
