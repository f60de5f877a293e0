import type { AnyBlock, ContainerBlock as SlackContainerBlock } from "@slack/types";
import type { ComponentType } from "preact";
import { useId, useState } from "preact/hooks";
import { Picture } from "../image.tsx";
import { TextObject } from "../text.tsx";
import "./cards.css";
import "./display.css";
import { RichText } from "./rich-text.tsx";

interface ContainerProps {
  block: SlackContainerBlock;
  /** Shows one block; handed in, as it may be a container itself. */
  View: ComponentType<{ block: AnyBlock }>;
}

/** Blocks under one title, which can be folded away. */
export function ContainerBlock({ block, View }: ContainerProps) {
  const isCollapsible = block.is_collapsible === true;
  const [isOpen, setOpen] = useState(!(isCollapsible && block.default_collapsed === true));
  const title = useId();
  const content = useId();
  return (
    <div class={`bk-container bk-width-${block.width ?? "standard"}`} role="group" aria-labelledby={title}>
      <div class="bk-container-head">
        {block.icon !== undefined && <Picture alt={block.icon.alt_text} size="small" />}
        <div class="bk-container-words">
          <div id={title} class="bk-container-title">
            <ContainerTitle block={block} />
          </div>
          {block.subtitle !== undefined && (
            <div class="bk-soft">
              <TextObject text={block.subtitle} />
            </div>
          )}
        </div>
        {isCollapsible && (
          // Beside the title and not around it: a title may hold links of its own.
          <button
            type="button"
            class="bk-fold"
            aria-expanded={isOpen ? "true" : "false"}
            aria-controls={content}
            aria-labelledby={title}
            onClick={() => setOpen(!isOpen)}
          >
            <span class="bk-fold-sign" aria-hidden="true" />
          </button>
        )}
      </div>
      {block.has_header_divider === true && !isCollapsible && <hr class="bk-divider" />}
      <div id={content} class="bk-container-body" hidden={!isOpen}>
        {block.child_blocks.map((child, index) => (
          <View key={child.block_id ?? `${index} ${child.type}`} block={child} />
        ))}
      </div>
    </div>
  );
}

/** The rich title goes before the plain one where there are both. */
function ContainerTitle({ block }: { block: SlackContainerBlock }) {
  if (block.rich_text_title !== undefined) return <RichText block={block.rich_text_title} />;
  return block.title === undefined ? <>Container</> : <TextObject text={block.title} />;
}
