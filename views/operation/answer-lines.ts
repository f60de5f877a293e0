import { fieldMeta, type FieldMeta } from "../../src/catalogue/field-meta.ts";
import type { Operation } from "../../src/catalogue/operation.ts";
import { isTelling, shownOf } from "../../src/catalogue/telling.ts";
import { cut, cutMrkdwn, escapeText, moment } from "../blocks/text.ts";

/** One property of an answer, as people read it; the text is escaped. */
export interface AnswerLine {
  title: string;
  text: string;
}

const HIDDEN = "(hidden)";
const LONGEST = 300;
const DEEPEST = 4;

/** A vendor's name for something as people write it: `last_login_time` is `Last login time`. */
export function titleOf(name: string): string {
  const spaced = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return spaced === "" ? name : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** What the fields of an answer say of themselves, by name. */
export function answerMeta(operation: Operation): ReadonlyMap<string, FieldMeta> {
  const found = new Map<string, FieldMeta>();
  const visit = (schema: unknown, depth: number): void => {
    const definition = (schema as { _zod?: { def?: Record<string, unknown> } } | undefined)?._zod?.def;
    if (definition === undefined || depth > 8) return;
    for (const name of ["innerType", "element", "in", "out"]) visit(definition[name], depth + 1);
    for (const [name, member] of Object.entries((definition["shape"] as Record<string, never>) ?? {})) {
      if (!found.has(name)) found.set(name, fieldMeta(member));
      visit(member, depth + 1);
    }
  };
  visit(operation.output, 0);
  return found;
}

function sayText(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value)) {
    const at = new Date(value);
    if (!Number.isNaN(at.getTime()) && at.getTime() > 0) return moment(at);
  }
  return escapeText(cut(value.replaceAll(/\s+/g, " ").trim(), LONGEST));
}

function sayScalar(value: string | number | boolean, meta: FieldMeta | undefined): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  const label = meta?.labels?.[String(value)];
  if (label !== undefined) return escapeText(label);
  return typeof value === "number" ? String(value) : sayText(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/**
 * The properties of a thing, one line each, without what is empty; what is within another goes by both names.
 * @param skip names that are shown elsewhere
 */
export function answerLines(
  thing: unknown,
  meta: ReadonlyMap<string, FieldMeta>,
  skip: ReadonlySet<string> = new Set(),
  above = "",
  depth = 0,
): AnswerLine[] {
  if (typeof thing !== "object" || thing === null) return [];
  return Object.entries(thing).flatMap(([name, value]: [string, unknown]): AnswerLine[] => {
    if (skip.has(name) || value === null || value === undefined || value === "") return [];
    const own = meta.get(name);
    const title = escapeText(cut(above + (own?.title ?? titleOf(name)), 100));
    if (isTelling(name, value)) return [{ title, text: HIDDEN }];
    const shown = shownOf(name, value);
    if (isScalar(shown)) return [{ title, text: sayScalar(shown, own) }];
    if (depth >= DEEPEST) return [{ title, text: "…" }];
    if (!Array.isArray(value)) return answerLines(value, meta, skip, `${above}${titleOf(name)}: `, depth + 1);
    if (value.length === 0) return [];
    const all = (value as unknown[]).slice(0, 30);
    if (all.every(isScalar))
      return [{ title, text: cutMrkdwn(all.map((one) => sayScalar(one, own)).join(", "), 1_000) }];
    const lines = all.map((one) =>
      answerLines(one, meta, skip, "", depth + 1)
        .map((line) => `${line.title} ${line.text}`)
        .join(", "),
    );
    const rest = value.length > all.length ? `\n… and ${value.length - all.length} more` : "";
    return [
      { title: `${title} (${value.length})`, text: lines.map((line) => `\n   • ${line}`).join("") + rest },
    ];
  });
}

/** The things that an answer lists; undefined where it is about one thing. */
export function listedThings(operation: Operation, output: unknown): unknown[] | undefined {
  if (Array.isArray(output)) return output as unknown[];
  const verb = operation.name.split(".").at(-1) ?? "";
  if (!verb.startsWith("list") || typeof output !== "object" || output === null) return undefined;
  const lists = Object.values(output).filter((value) => Array.isArray(value));
  return (lists[0] as unknown[] | undefined) ?? [];
}

const NAMES = ["display_name", "name", "topic", "title", "first_name", "email", "value", "app_domain", "id"];

/** What a listed thing is called; escaped. */
export function nameOfThing(thing: unknown): string {
  if (isScalar(thing)) return escapeText(cut(String(thing), 150));
  const members = (thing ?? {}) as Record<string, unknown>;
  const { first_name: first, last_name: last } = members;
  const full = [first, last].filter((part) => typeof part === "string" && part !== "").join(" ");
  if (full !== "" && typeof members["display_name"] !== "string") return escapeText(cut(full, 150));
  for (const name of NAMES) {
    const value = members[name];
    if ((typeof value === "string" && value !== "") || typeof value === "number")
      return escapeText(cut(String(value), 150));
  }
  return "(without a name)";
}
