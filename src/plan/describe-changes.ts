import type { FieldMeta } from "../catalogue/field-meta.ts";
import { valueAt } from "../catalogue/field-path.ts";
import { inputFields, type InputField } from "../catalogue/input-fields.ts";
import type { Operation } from "../catalogue/operation.ts";
import { canonicalJson } from "../canonical-json.ts";
import type { PlannedChange } from "../playbook/playbook.ts";

/** A longer text is cut, and says how long it is. */
const LONGEST_VALUE = 300;
/** A list is told whole, in as many lines as it takes. */
const LONGEST_LINE = 1_000;
const NOT_SHOWN = "(not shown)";

/** What is said of an input beside its own values. */
export interface ChangeWords {
  /** The input's fields as they are now, as far as the vendor shows them. */
  before: unknown;
  /** What chosen things are called, by path and then by value. */
  titles: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Paths of files and secrets, and how they are described. */
  kept: Readonly<Record<string, string>>;
}

/**
 * What an input changes, one line for each field that someone chose or typed; what is filled in by itself is not
 * told again, and secrets are never.
 */
export function describeChanges(
  operation: Operation,
  input: Record<string, unknown>,
  words: ChangeWords,
): PlannedChange[] {
  const filled = new Set(Object.values(operation.choices ?? {}).flatMap(({ fills = [] }) => fills));
  const fields = inputFields(operation);
  return fields.flatMap((field) => {
    const { path, meta } = field;
    const after = valueAt(input, path);
    const isWhole = !fields.some((other) => other.path.startsWith(`${path}.`));
    if (after === undefined || !isWhole || meta.fill !== undefined || meta.paging || filled.has(path))
      return [];
    const title = meta.title ?? path;
    const kept = words.kept[path];
    if (kept !== undefined) return [{ title, after: kept }];
    const say = (value: unknown) => cut(sayValue(value, field, words.titles[path] ?? {}));
    const before = valueAt(words.before, path);
    const [first = "", ...rest] = linesOf(after, say);
    return [
      { title, ...(before == null ? {} : { before: say(before) }), after: first },
      ...rest.map((line) => ({ title: `${title}, also`, after: line })),
    ];
  });
}

/** How a secret is in a description. */
export function keptWords(field: InputField, value: unknown): string {
  if (field.meta.file === undefined) return NOT_SHOWN;
  const { name, content } = value as { name: string; content: string };
  const bytes = Buffer.byteLength(content, "base64");
  return `${name}, ${bytes < 1_024 ? `${bytes} bytes` : `${Math.round(bytes / 1_024)} KB`}`;
}

function sayValue(
  value: unknown,
  field: { meta: FieldMeta },
  titles: Readonly<Record<string, string>>,
): string {
  if (Array.isArray(value))
    return value.length === 0 ? "(none)" : value.map((one) => sayValue(one, field, titles)).join(", ");
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    const called = titles[text] ?? field.meta.labels?.[text] ?? text;
    return called === "" ? "(empty)" : called;
  }
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([name, member]) => `${name}: ${typeof member === "string" ? member : canonicalJson(member)}`)
      .join(", ");
  return "(nothing)";
}

/** A value in lines; of a list each thing is there, since what is not seen is not approved. */
function linesOf(value: unknown, say: (value: unknown) => string): string[] {
  if (!Array.isArray(value) || value.length === 0) return [say(value)];
  const lines: string[] = [];
  for (const text of value.map((one: unknown) => say(one))) {
    const last = lines.at(-1);
    if (last === undefined || last.length + text.length + 2 > LONGEST_LINE) lines.push(text);
    else lines[lines.length - 1] = `${last}, ${text}`;
  }
  return lines;
}

/** On one line: whoever wrote a value must not be able to write lines of the plan. */
function cut(text: string): string {
  const characters = Array.from(text.replaceAll(/\s+/g, " "));
  if (characters.length <= LONGEST_VALUE) return characters.join("");
  return `${characters.slice(0, LONGEST_VALUE).join("")}… (${characters.length} characters)`;
}
