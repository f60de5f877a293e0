import type { FileBlock as SlackFileBlock } from "@slack/types";
import "./display.css";

/** A file that lies somewhere else, by its id there: Slack hands such blocks out, and the playground has no file. */
export function FileBlock({ block }: { block: SlackFileBlock }) {
  return (
    <p class="bk-note-box">
      <strong>File</strong> <code>{block.external_id}</code> ({block.source})
    </p>
  );
}
