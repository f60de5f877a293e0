import type { ViewStateValue } from "@slack/bolt";
import { isDeepStrictEqual } from "node:util";
import { valueAt, withValueAt } from "../../src/catalogue/field-path.ts";
import type { EnteredOperation } from "../../src/deps/operation.ts";
import type { FormField } from "./field.ts";
import { fieldBlockId, generateBlockId, typedBlockId } from "./field-input.ts";
import { readTable } from "./table-lines.ts";

/** What a form holds, as Slack sends it. */
export type FormState = Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>;

type Entered = Pick<EnteredOperation, "input" | "people" | "files" | "generate">;

/** What was entered, or by block id what cannot be read. */
export type ReadForm = { ok: true; entered: Entered } | { ok: false; errors: Record<string, string> };

/** The one element of a block. */
export function elementAt(state: FormState, blockId: string): ViewStateValue | undefined {
  return Object.values(state[blockId] ?? {})[0];
}

function textAt(state: FormState, blockId: string): string | undefined {
  // Postgres keeps neither a NUL nor half of a surrogate pair.
  const text = elementAt(state, blockId)?.value?.toWellFormed().replaceAll("\0", "").trim();
  return text === undefined || text === "" ? undefined : text;
}

function linesOf(text: string | undefined): string[] | undefined {
  const lines = (text ?? "").split(/[\n,;]/).flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  return lines.length === 0 ? undefined : lines;
}

/**
 * Reads what was entered into these fields.
 * @param isUnchanged whether a value is what is there now: then it is not sent
 */
export function readFields(
  fields: readonly FormField[],
  state: FormState,
  isUnchanged: (path: string, value: unknown) => boolean = () => false,
): ReadForm {
  const entered: Entered = { input: {}, people: [], files: [], generate: [] };
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const { path, canGenerate } = field;
    if (canGenerate && (elementAt(state, generateBlockId(path))?.selected_options ?? []).length > 0)
      entered.generate.push(path);
    addOthers(field, state, entered);
    const value = valueOf(field, state);
    if (value instanceof SyntaxError) errors[fieldBlockId(path)] = "This is not JSON.";
    else if (value !== undefined && !isUnchanged(path, value))
      entered.input = withValueAt(entered.input, path, value);
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, entered };
}

/** Whether a value is the same as what is there now. */
export function sameAs(current: unknown): (path: string, value: unknown) => boolean {
  return (path, value) => isDeepStrictEqual(valueAt(current, path), value);
}

/** People and files are named here, and looked up elsewhere. */
function addOthers({ path, kind }: FormField, state: FormState, entered: Entered): void {
  const element = elementAt(state, fieldBlockId(path));
  if (kind.type === "person" || kind.type === "people") {
    const slackIds = element?.selected_users ?? (element?.selected_user ? [element.selected_user] : []);
    if (slackIds.length > 0) entered.people.push({ path, slackIds });
  }
  const fileId = kind.type === "file" ? element?.files?.[0]?.id : undefined;
  if (fileId !== undefined) entered.files.push({ path, fileId });
}

/** The value in the input's own terms; undefined where nothing was entered. */
function valueOf(field: FormField, state: FormState): unknown {
  const { path, kind } = field;
  const element = elementAt(state, fieldBlockId(path));
  const chosen = element?.selected_option?.value;
  const several = element?.selected_options?.map((one) => one.value) ?? [];
  switch (kind.type) {
    case "option":
      return kind.options.find(({ value }) => String(value) === chosen)?.value;
    case "options": {
      const values = kind.options.filter(({ value }) => several.includes(String(value)));
      return values.length === 0 ? undefined : values.map(({ value }) => value);
    }
    case "yes_no":
      return chosen === undefined ? undefined : chosen === "yes";
    case "date":
      return element?.selected_date ?? undefined;
    case "instant": {
      const seconds = element?.selected_date_time;
      return seconds == null ? undefined : new Date(seconds * 1_000).toISOString();
    }
    case "chosen":
      if (kind.isList && several.length > 0) return several;
      return chosen ?? writtenValue(field, state);
    case "file":
      return undefined;
    default:
      return writtenValue(field, state);
  }
}

/** The value of what was typed. */
function writtenValue({ path, kind }: FormField, state: FormState): unknown {
  const text = textAt(state, fieldBlockId(path));
  switch (kind.type) {
    case "person":
      return textAt(state, typedBlockId(path));
    case "people":
      return linesOf(textAt(state, typedBlockId(path)));
    case "number":
      return text === undefined ? undefined : Number(text);
    case "lines":
      return linesOf(text);
    case "table":
      return text === undefined ? undefined : readTable(kind.parts, text);
    case "json":
      return text === undefined ? undefined : parse(text);
    case "chosen":
      return kind.isList ? linesOf(text) : text;
    default:
      return text;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
