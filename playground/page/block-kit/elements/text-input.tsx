import type { EmailInput, NumberInput, PlainTextInput, URLInput } from "@slack/types";
import { useId } from "preact/hooks";
import { described, named, type ElementProps } from "./element-props.ts";
import { lengthNote } from "./length-note.ts";
import { placeholderWords } from "./plain-words.ts";
import { useTextEntry } from "./use-text-entry.ts";

/** What Slack takes where the app says nothing. */
const LONGEST = 3_000;

/** A text on one line or several, with what is left of its length near the end. */
export function TextInput(props: ElementProps<PlainTextInput>) {
  const { element, fieldId } = props;
  const isMultiline = element.multiline === true;
  const { text, takeInput, takeKey, enterNote } = useTextEntry(props, isMultiline);
  const [lengthId, noteId] = [useId(), useId()];
  const max = element.max_length ?? LONGEST;
  const note = lengthNote(text.length, element.min_length ?? 0, max);
  const field = {
    id: fieldId,
    class: "bk-field",
    value: text,
    placeholder: placeholderWords(element),
    autocomplete: "off",
    onInput: takeInput,
    onKeyDown: takeKey,
    ...named(props, placeholderWords(element) ?? "Text"),
    ...described(props, note !== "" && lengthId, enterNote !== "" && noteId),
  } as const;
  return (
    <>
      {isMultiline ? <textarea rows={3} {...field} /> : <input type="text" {...field} />}
      {(note !== "" || enterNote !== "") && (
        <div class="bk-notes">
          {note !== "" && (
            <p id={lengthId} class={`bk-note bk-length ${text.length > max ? "bk-over" : ""}`}>
              {note}
            </p>
          )}
          {enterNote !== "" && (
            <p id={noteId} class="bk-note">
              {enterNote}
            </p>
          )}
        </div>
      )}
      {/* Spoken once, when the text grows too long; the count is read with the field. */}
      <span role="status" class="bk-spoken">
        {text.length > max ? "Too long" : ""}
      </span>
    </>
  );
}

const WORDS = {
  email_text_input: "E-mail address",
  url_text_input: "Link",
  number_input: "Number",
} as const;

/** An e-mail address, a link or a number. */
export function TypedInput(props: ElementProps<EmailInput | URLInput | NumberInput>) {
  const { element, fieldId } = props;
  const { text, takeInput, takeKey, enterNote } = useTextEntry(props, false);
  const noteId = useId();
  const field = {
    id: fieldId,
    class: "bk-field",
    value: text,
    placeholder: placeholderWords(element),
    autocomplete: "off",
    onInput: takeInput,
    onKeyDown: takeKey,
    ...named(props, placeholderWords(element) ?? WORDS[element.type]),
    ...described(props, enterNote !== "" && noteId),
  } as const;
  return (
    <>
      {element.type === "email_text_input" ? (
        <input type="email" {...field} />
      ) : element.type === "url_text_input" ? (
        <input type="url" {...field} />
      ) : (
        // The browser's number field swallows what is no number, and then nobody can say what is wrong with it.
        <input type="text" inputMode="decimal" pattern={numberPattern(element)} {...field} />
      )}
      {enterNote !== "" && (
        <p id={noteId} class="bk-note">
          {enterNote}
        </p>
      )}
    </>
  );
}

function numberPattern({ is_decimal_allowed: isDecimal }: NumberInput): string {
  return isDecimal ? "-?\\d+(\\.\\d+)?" : "-?\\d+";
}
