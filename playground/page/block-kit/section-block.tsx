import type { SectionBlock as SlackSectionBlock } from "@slack/types";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Element } from "./elements/element.tsx";
import { Picture } from "./image.tsx";
import { TextObject } from "./text.tsx";

/** A text, fields in two columns, and one element beside them. */
export function SectionBlock({ block }: { block: SlackSectionBlock }) {
  const { text, fields, accessory } = block;
  return (
    <div class={`bk-section ${accessory === undefined ? "bk-section-alone" : ""}`}>
      <div class="bk-section-main">
        {text !== undefined && <SectionText text={text} isWhole={block.expand === true} />}
        {fields !== undefined && (
          <div class="bk-fields">
            {fields.map((field, index) => (
              <div key={index}>
                <TextObject text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {accessory?.type === "image" ? (
        <Picture alt={accessory.alt_text} size="small" />
      ) : (
        accessory !== undefined && <Element element={accessory} blockId={block.block_id ?? ""} reports />
      )}
    </div>
  );
}

/** Slack folds a long text behind “See more” unless the section says `expand`. */
function SectionText({ text, isWhole }: { text: NonNullable<SlackSectionBlock["text"]>; isWhole: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(isWhole);
  const [isCut, setCut] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (element !== null) setCut(!isOpen && element.scrollHeight > element.clientHeight + 1);
  }, [text.text, isOpen]);
  return (
    <>
      <div ref={place} class={isOpen ? "" : "bk-folded"}>
        <TextObject text={text} />
      </div>
      {isCut && (
        <button type="button" class="bk-unfold" onClick={() => setOpen(true)}>
          See more
        </button>
      )}
    </>
  );
}
