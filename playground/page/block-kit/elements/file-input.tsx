import type { FileInput as SlackFileInput } from "@slack/types";
import { useId, useState } from "preact/hooks";
import type { Json } from "../../../page-api.ts";
import { useBlockContext } from "../context.ts";
import { ids, named, type ElementProps } from "./element-props.ts";
import { useEntry } from "./use-entry.ts";

/** What Slack takes where the app says nothing. */
const MOST_FILES = 10;

/** The name of a file that the view holds already. */
function heldName(state: { [key: string]: Json } | undefined, id: string): string {
  const files = Array.isArray(state?.["files"]) ? state["files"] : [];
  for (const file of files)
    if (typeof file === "object" && file !== null && !Array.isArray(file) && file["id"] === id)
      return typeof file["name"] === "string" ? file["name"] : id;
  return id;
}

/** Files, which are uploaded when they are chosen; where nothing can be uploaded the app gets their names. */
export function FileInput(props: ElementProps<SlackFileInput>) {
  const { element, fieldId, isRequired = false, isInvalid = false } = props;
  const { values, enter } = useEntry(props, { isSeveral: true });
  const context = useBlockContext();
  const [isCut, setCut] = useState(false);
  const [isUploading, setUploading] = useState(false);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const [noteId, listId] = [useId(), useId()];
  const most = element.max_files ?? MOST_FILES;
  const kinds = element.filetypes ?? [];
  const limits = [
    kinds.length > 0 && `Takes ${kinds.join(", ")}.`,
    most === 1 ? "One file." : `At most ${most} files.`,
    context.upload === undefined && "The app gets the name only; nothing is uploaded.",
  ];
  const nameOf = (id: string) =>
    names[id] ?? heldName(context.state?.[props.blockId]?.[element.action_id ?? ""], id);

  async function take(files: readonly File[]): Promise<void> {
    setCut(files.length > most);
    setUploading(true);
    const kept = files.slice(0, most);
    const ids = await Promise.all(kept.map(async (file) => (await context.upload?.(file)) ?? file.name));
    setNames((before) => ({
      ...before,
      ...Object.fromEntries(ids.map((id, at) => [id, kept[at]?.name ?? id])),
    }));
    setUploading(false);
    enter([...new Set(ids)]);
  }
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
          const chosen = [...(currentTarget.files ?? [])];
          // What is chosen stands below; emptied, the chooser takes a removed file again.
          currentTarget.value = "";
          // The chooser was put away without a choice.
          if (chosen.length > 0) void take(chosen);
        }}
        {...named(props, "Files")}
        aria-describedby={ids(props.describedBy, values.length > 0 && listId, noteId)}
        aria-invalid={isInvalid ? "true" : undefined}
      />
      {values.length > 0 && (
        <ul id={listId} class="bk-chips" aria-label="Chosen files">
          {values.map((id) => (
            <li key={id} class="bk-chip">
              <span>{nameOf(id)}</span>
              <button
                type="button"
                aria-label={`Remove ${nameOf(id)}`}
                onClick={({ currentTarget }) => {
                  currentTarget.closest(".bk-element")?.querySelector("input")?.focus();
                  enter(values.filter((one) => one !== id));
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
        {isUploading ? "Uploading…" : isCut ? `Only the first ${most} were taken.` : ""}
      </p>
    </>
  );
}
