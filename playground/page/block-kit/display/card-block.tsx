import type { CardBlock as SlackCardBlock } from "@slack/types";
import { Element } from "../elements/element.tsx";
import { Picture } from "../image.tsx";
import { TextObject } from "../text.tsx";
import "./cards.css";
import "./display.css";

/** A framed summary with up to three buttons. */
export function CardBlock({ block }: { block: SlackCardBlock }) {
  const { subtext } = block as { subtext?: SlackCardBlock["body"] };
  return (
    <article class="bk-card">
      {block.hero_image !== undefined && <Picture alt={block.hero_image.alt_text} size="block" />}
      <div class="bk-card-head">
        {block.icon !== undefined && <Picture alt={block.icon.alt_text} size="small" />}
        <div>
          {block.title !== undefined && (
            <strong class="bk-card-title">
              <TextObject text={block.title} />
            </strong>
          )}
          {block.subtitle !== undefined && (
            <div class="bk-soft">
              <TextObject text={block.subtitle} />
            </div>
          )}
        </div>
      </div>
      {block.body !== undefined && (
        <div>
          <TextObject text={block.body} />
        </div>
      )}
      {subtext !== undefined && (
        <div class="bk-soft">
          <TextObject text={subtext} />
        </div>
      )}
      {block.actions !== undefined && (
        <div class="bk-actions">
          {block.actions.map((button, index) => (
            <Element
              key={button.action_id ?? index}
              element={button}
              blockId={block.block_id ?? ""}
              reports
            />
          ))}
        </div>
      )}
    </article>
  );
}
