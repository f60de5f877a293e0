import type { FileBlock as SlackFileBlock } from "@slack/types";
import "./display.css";

/** A file from somewhere else, by its id there: the playground has none to show. */
export function FileBlock({ block }: { block: SlackFileBlock }) {
  return (
    <p class="bk-note-box">
      <strong>File</strong> {block.external_id} ({block.source})
    </p>
  );
}
