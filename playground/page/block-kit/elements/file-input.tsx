import type { FileInput as SlackFileInput } from "@slack/types";
import { useId, useState } from "preact/hooks";
import { ids, named, type ElementProps } from "./element-props.ts";
import { useEntry } from "./use-entry.ts";

/** What Slack takes where the app says nothing. */
const MOST_FILES = 10;

/** Files, of which the app is given the names; nothing is read or uploaded. */
export function FileInput(props: ElementProps<SlackFileInput>) {
  const { element, fieldId, isRequired = false, isInvalid = false } = props;
  const { values, enter } = useEntry(props, { isSeveral: true });
  const [isCut, setCut] = useState(false);
  const [noteId, listId] = [useId(), useId()];
  const most = element.max_files ?? MOST_FILES;
  const kinds = element.filetypes ?? [];
  const limits = [
    kinds.length > 0 && `Takes ${kinds.join(", ")}.`,
    most === 1 ? "One file." : `At most ${most} files.`,
    "The app gets the name only; nothing is uploaded.",
  ];
  return (
    <>
      <input
        id={fieldId}
        class="bk-field bk-file"
        type="file"
        multiple={most > 1}
        accept={kinds.map((kind) => `.${kind}`).join(",") || undefined}
        required={isRequired && values.length === 0}
        onChange={({ currentTarget }) => {
          const names = [...new Set([...(currentTarget.files ?? [])].map(({ name }) => name))];
          // What is chosen stands below; emptied, the chooser takes a removed file again.
          currentTarget.value = "";
          // The chooser was put away without a choice.
          if (names.length === 0) return;
          setCut(names.length > most);
          enter(names.slice(0, most));
        }}
        {...named(props, "Files")}
        aria-describedby={ids(props.describedBy, values.length > 0 && listId, noteId)}
        aria-invalid={isInvalid ? "true" : undefined}
      />
      {values.length > 0 && (
        <ul id={listId} class="bk-chips" aria-label="Chosen files">
          {values.map((name) => (
            <li key={name} class="bk-chip">
              <span>{name}</span>
              <button
                type="button"
                aria-label={`Remove ${name}`}
                onClick={({ currentTarget }) => {
                  currentTarget.closest(".bk-element")?.querySelector("input")?.focus();
                  enter(values.filter((one) => one !== name));
                }}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <p id={noteId} class="bk-note">
        {limits.filter((words) => words !== false).join(" ")}
      </p>
      <p role="status" class="bk-note bk-over">
        {isCut ? `Only the first ${most} were taken.` : ""}
      </p>
    </>
  );
}
