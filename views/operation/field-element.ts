import type { KnownBlock } from "@slack/types";
import { slackOption, VALUE, type Option } from "../blocks/inputs.ts";
import { plain } from "../blocks/text.ts";
import type { FieldKind } from "./field.ts";
import { writeTable } from "./table-lines.ts";

/** Slack takes so many options in a menu, or in each of its groups. */
const MOST_OPTIONS = 100;
const MOST_GROUPS = 5;
/** Slack takes no longer value of an option. */
export const LONGEST_VALUE = 150;
const LONGEST_TEXT = 3_000;

/** What is in an input block. */
export type Element = Extract<KnownBlock, { type: "input" }>["element"];

/** A menu's options, in groups where Slack would not take them all at once. */
function optionsOf(options: readonly Option[]) {
  const listed = options.slice(0, MOST_OPTIONS * MOST_GROUPS).map(slackOption);
  if (listed.length <= MOST_OPTIONS) return { options: listed };
  const groups = Array.from({ length: Math.ceil(listed.length / MOST_OPTIONS) }, (_, index) => {
    const from = index * MOST_OPTIONS;
    const some = listed.slice(from, from + MOST_OPTIONS);
    return { label: plain(`${from + 1} to ${from + some.length}`, 75), options: some };
  });
  return { option_groups: groups };
}

/** A menu of which one or several are chosen; what is too long for it is left out. */
export function menuElement(
  options: readonly Option[],
  initial: readonly string[],
  isList: boolean,
  max = MOST_OPTIONS,
) {
  const usable = options.filter(({ value }) => value.length <= LONGEST_VALUE);
  const chosen = usable.filter(({ value }) => initial.includes(value)).slice(0, max);
  if (isList)
    return {
      type: "multi_static_select" as const,
      action_id: VALUE,
      ...optionsOf(usable),
      max_selected_items: Math.max(1, Math.min(max, MOST_OPTIONS)),
      initial_options: chosen.length === 0 ? undefined : chosen.map(slackOption),
    };
  return {
    type: "static_select" as const,
    action_id: VALUE,
    ...optionsOf(usable),
    initial_option: chosen[0] && slackOption(chosen[0]),
  };
}

/** A text of one line or several; what is there now is left out where it would not fit. */
export function textElement(initial: string | undefined, multiline: boolean, most = LONGEST_TEXT) {
  const max = Math.min(most, LONGEST_TEXT);
  const fits = initial !== undefined && initial !== "" && initial.length <= max;
  return {
    type: "plain_text_input" as const,
    action_id: VALUE,
    multiline,
    max_length: max,
    initial_value: fits ? initial : undefined,
  };
}

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** The element by which a value of this kind is entered, filled in with what is there now. */
export function elementOf(kind: FieldKind, current: unknown): Element {
  const text = typeof current === "string" || typeof current === "number" ? String(current) : undefined;
  return menuOf(kind, current, text) ?? pickerOf(kind, text) ?? writingOf(kind, current, text);
}

function menuOf(kind: FieldKind, current: unknown, text: string | undefined): Element | undefined {
  const list = Array.isArray(current) ? (current as unknown[]) : [];
  switch (kind.type) {
    case "option":
      return menuElement(namedOptions(kind.options), text === undefined ? [] : [text], false, 1);
    case "options":
      return menuElement(namedOptions(kind.options), list.map(String), true, kind.max);
    case "yes_no":
      return menuElement(YES_NO, typeof current === "boolean" ? [current ? "yes" : "no"] : [], false, 1);
    case "person":
      return { type: "users_select", action_id: VALUE };
    case "people":
      return { type: "multi_users_select", action_id: VALUE, max_selected_items: Math.min(kind.max, 100) };
    default:
      return undefined;
  }
}

function pickerOf(kind: FieldKind, text: string | undefined): Element | undefined {
  switch (kind.type) {
    case "date": {
      const isDate = text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
      return { type: "datepicker", action_id: VALUE, initial_date: isDate ? text : undefined };
    }
    case "instant":
      return { type: "datetimepicker", action_id: VALUE };
    case "file":
      return { type: "file_input", action_id: VALUE, filetypes: [...kind.extensions], max_files: 1 };
    default:
      return undefined;
  }
}

function writingOf(kind: FieldKind, current: unknown, text: string | undefined): Element {
  const list = Array.isArray(current) ? (current as unknown[]) : [];
  switch (kind.type) {
    case "number":
      return {
        type: "number_input",
        action_id: VALUE,
        is_decimal_allowed: !kind.isWhole,
        initial_value: text,
        min_value: kind.min?.toString(),
        max_value: kind.max?.toString(),
      };
    case "email":
      return { type: "email_text_input", action_id: VALUE, initial_value: text || undefined };
    case "url":
      return { type: "url_text_input", action_id: VALUE, initial_value: text || undefined };
    case "lines":
      return textElement(list.length === 0 ? undefined : list.join("\n"), true);
    case "table":
      return textElement(list.length === 0 ? undefined : writeTable(kind.parts, list), true);
    case "json":
      return textElement(current === undefined ? undefined : JSON.stringify(current, null, 2), true);
    case "text":
      return textElement(text, (kind.max ?? 0) > 200, kind.max);
    default:
      return textElement(text, false);
  }
}

function namedOptions(options: readonly { value: string | number; label: string }[]): Option[] {
  return options.map(({ value, label }) => ({ value: String(value), label }));
}
