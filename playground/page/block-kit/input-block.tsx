import type { InputBlock as SlackInputBlock } from "@slack/types";
import { useId } from "preact/hooks";
import { useBlockContext } from "./context.ts";
import { Element } from "./elements/element.tsx";
import { ids } from "./elements/element-props.ts";
import { TextObject } from "./text.tsx";

/** Elements of several controls, which one label names together. */
const GROUPS = new Set(["radio_buttons", "checkboxes"]);

/** A labelled field with its hint, and what is wrong with it. */
export function InputBlock({ block }: { block: SlackInputBlock }) {
  const { errors } = useBlockContext();
  const { element, label, hint, optional = false, dispatch_action: dispatches = false } = block;
  const [fieldId, labelId, hintId, errorId] = [useId(), useId(), useId(), useId()];
  const blockId = block.block_id ?? "";
  const error = errors?.[blockId];
  const words = (
    <>
      <TextObject text={label} />
      {optional && <span class="bk-optional"> (optional)</span>}
    </>
  );
  return (
    <div class={`bk-input ${error === undefined ? "" : "bk-input-wrong"}`} data-block={blockId}>
      {GROUPS.has(element.type) ? (
        <div id={labelId} class="bk-label">
          {words}
        </div>
      ) : (
        <label id={labelId} for={fieldId} class="bk-label">
          {words}
        </label>
      )}
      <Element
        element={element}
        blockId={blockId}
        fieldId={fieldId}
        labelledBy={labelId}
        describedBy={ids(hint !== undefined && hintId, error !== undefined && errorId)}
        isInvalid={error !== undefined}
        isRequired={!optional}
        reports={dispatches}
      />
      {error !== undefined && (
        <p id={errorId} role="alert" class="bk-error">
          <ErrorSign />
          <span>{error}</span>
        </p>
      )}
      {hint !== undefined && (
        <p id={hintId} class="bk-hint">
          <TextObject text={hint} />
        </p>
      )}
    </div>
  );
}

function ErrorSign() {
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="12" cy="12" r="9.5" stroke-width="2" />
      <path d="M12 7v6M12 16.5v.5" stroke-width="2.4" stroke-linecap="round" />
    </svg>
  );
}
