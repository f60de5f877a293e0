import type { ContainerBlock as SlackContainerBlock } from "@slack/types";
import { useId, useState } from "preact/hooks";
import { BlockView } from "../blocks.tsx";
import { Picture } from "../image.tsx";
import { TextObject } from "../text.tsx";
import "./display.css";
import { RichText } from "./rich-text.tsx";

/** Blocks under one title, which can be folded away. */
export function ContainerBlock({ block }: { block: SlackContainerBlock }) {
  const [isOpen, setOpen] = useState(!(block.is_collapsible === true && block.default_collapsed === true));
  const content = useId();
  const head = (
    <>
      {block.icon !== undefined && <Picture alt={block.icon.alt_text} size="small" />}
      <span class="bk-container-title">
        {block.title !== undefined && <TextObject text={block.title} />}
        {block.rich_text_title !== undefined && <RichText block={block.rich_text_title} />}
        {block.subtitle !== undefined && (
          <span class="bk-soft">
            <TextObject text={block.subtitle} />
          </span>
        )}
      </span>
    </>
  );
  return (
    <section class={`bk-container bk-width-${block.width ?? "standard"}`}>
      {block.is_collapsible === true ? (
        <button
          type="button"
          class="bk-container-head"
          aria-expanded={isOpen}
          aria-controls={content}
          onClick={() => setOpen(!isOpen)}
        >
          {head}
          <span aria-hidden="true">{isOpen ? "▾" : "▸"}</span>
        </button>
      ) : (
        <div class="bk-container-head">{head}</div>
      )}
      {block.has_header_divider === true && isOpen && <hr class="bk-divider" />}
      <div id={content} class="bk-container-body" hidden={!isOpen}>
        {block.child_blocks.map((child, index) => (
          <BlockView key={child.block_id ?? `${index} ${child.type}`} block={child} />
        ))}
      </div>
    </section>
  );
}
