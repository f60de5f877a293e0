import type { Datepicker, DateTimepicker, Timepicker } from "@slack/types";
import { useId, useState } from "preact/hooks";
import { useBlockContext } from "../context.ts";
import { described, ids, named, type ElementProps } from "./element-props.ts";
import { placeholderWords } from "./plain-words.ts";
import { useEntry } from "./use-entry.ts";
import { useSettling } from "./use-settling.ts";
import { fromWallTime, toWallTime } from "./zoned-time.ts";

type Picker = Datepicker | Timepicker | DateTimepicker;

const KINDS = {
  datepicker: { type: "date", words: "Date" },
  timepicker: { type: "time", words: "Time" },
  datetimepicker: { type: "datetime-local", words: "Date and time" },
} as const;

/** Slack writes a moment with ten digits. */
const FIRST_SECONDS = 1_000_000_000;

/** A date, a time or both, in the browser's own field. */
export function DateTime(props: ElementProps<Picker>) {
  const { element, fieldId, isRequired = false, reports = false } = props;
  const { timeZone } = useBlockContext();
  const entry = useEntry(props);
  const settling = useSettling(entry, reports);
  const noteId = useId();
  const isMoment = element.type === "datetimepicker";
  const { type, words } = KINDS[element.type];

  const zone = isMoment ? timeZone : element.type === "timepicker" ? element.timezone : undefined;
  const placeholder = isMoment ? undefined : placeholderWords(element);
  const note = [placeholder, zone === undefined ? undefined : `Time zone: ${zone}`].filter(
    (words) => words !== undefined,
  );

  const entered = (field: string): string[] => {
    if (!isMoment || field === "") return field === "" ? [] : [field];
    const seconds = fromWallTime(field, timeZone);
    return seconds === undefined || seconds < FIRST_SECONDS ? [] : [String(seconds)];
  };
  const [held = ""] = entry.values;
  const heldText = isMoment && held !== "" ? toWallTime(Number(held), timeZone) : held;
  const [text, setText] = useState(heldText);
  // A year on its way, such as 0002, is no moment that could be held, and must stay in the field.
  const shown = (entered(text)[0] ?? "") === held ? text : heldText;
  return (
    <>
      <input
        id={fieldId}
        class="bk-field bk-field-short"
        type={type}
        max={element.type === "timepicker" ? undefined : isMoment ? "9999-12-31T23:59" : "9999-12-31"}
        value={shown}
        required={isRequired}
        onKeyDown={(event) => settling.pressKey(event, entered(event.currentTarget.value))}
        onInput={({ currentTarget: { value } }) => {
          setText(value);
          settling.take(entered(value));
        }}
        onBlur={({ currentTarget: { value } }) => settling.leave(entered(value))}
        {...named(props, placeholder ?? words)}
        aria-describedby={ids(props.describedBy, note.length > 0 && noteId)}
        aria-invalid={described(props)["aria-invalid"]}
      />
      {note.length > 0 && (
        <p id={noteId} class="bk-note">
          {note.join(" · ")}
        </p>
      )}
      {entry.confirmation}
    </>
  );
}
