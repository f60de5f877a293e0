import type { RichTextInput as SlackRichTextInput } from "@slack/types";
import { useId } from "preact/hooks";
import { described, named, type ElementProps } from "./element-props.ts";
import { placeholderWords } from "./plain-words.ts";
import { useTextEntry } from "./use-text-entry.ts";

const LINES = { least: 3, most: 8 };

/** Rich text, entered as plain text: what the app preset keeps its formatting until it is edited. */
export function RichTextInput(props: ElementProps<SlackRichTextInput>) {
  const { element, fieldId } = props;
  const { text, takeInput, takeKey, enterNote } = useTextEntry(props, true);
  const noteId = useId();
  const most = Math.max(element.max_lines ?? LINES.most, element.min_lines ?? 1);
  return (
    <>
      <textarea
        id={fieldId}
        class="bk-field"
        rows={element.min_lines ?? Math.min(LINES.least, most)}
        style={{ "--bk-lines": String(most) }}
        value={text}
        placeholder={placeholderWords(element)}
        autocomplete="off"
        onInput={takeInput}
        onKeyDown={takeKey}
        {...named(props, placeholderWords(element) ?? "Text")}
        {...described(props, noteId)}
      />
      <p id={noteId} class="bk-note">
        Plain text here; Slack offers formatting. {enterNote}
      </p>
    </>
  );
}
