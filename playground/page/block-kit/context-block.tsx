import type { ContextBlock as SlackContextBlock } from "@slack/types";
import { Picture } from "./image.tsx";
import { TextObject } from "./text.tsx";

/** Small print: texts and small pictures in a row. */
export function ContextBlock({ block }: { block: SlackContextBlock }) {
  return (
    <div class="bk-context">
      {block.elements.map((element, index) =>
        element.type === "image" ? (
          <Picture key={index} alt={element.alt_text} size="small" />
        ) : (
          <span key={index}>
            <TextObject text={element} />
          </span>
        ),
      )}
    </div>
  );
}
