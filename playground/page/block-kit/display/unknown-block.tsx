import type { AnyBlock } from "@slack/types";
import "./display.css";

/** A block that this page does not know, or that is malformed: its type and all of it, so that nothing is hidden. */
export function UnknownBlock({ block }: { block: AnyBlock }) {
  return (
    <div class="bk-note-box">
      <p>
        A block of the type “<code>{block.type}</code>” that this page cannot show.
      </p>
      <details>
        <summary>What it holds</summary>
        <pre class="bk-preformatted">{JSON.stringify(block, undefined, 2)}</pre>
      </details>
    </div>
  );
}
