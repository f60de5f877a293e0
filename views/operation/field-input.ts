import type { KnownBlock, PlainTextOption } from "@slack/types";
import type { Choice } from "../../src/catalogue/known.ts";
import type { FieldKind, FormField } from "./field.ts";
import { tableHint, writeTable } from "./table-lines.ts";
import { plain } from "../blocks/text.ts";

/** Every input's element has this action id; the block id says which field it is. */
const VALUE = "value";

/** Slack takes so many options in a menu, or in each of its groups. */
const MOST_OPTIONS = 100;
const MOST_GROUPS = 5;
/** Slack takes no longer value of an option. */
const LONGEST_VALUE = 150;
const LONGEST_TEXT = 3_000;

/** The block of a field; next to it a fault of this field is shown. */
export function fieldBlockId(path: string): string {
  return `input.${path}`;
}

/** The block where people who are not in Slack are typed. */
export function typedBlockId(path: string): string {
  return `typed.${path}`;
}

/** The block that offers to make a value up. */
export function generateBlockId(path: string): string {
  return `generate.${path}`;
}

interface Shown {
  field: FormField;
  /** What is there now, in the shape of the input. */
  current?: unknown;
  /** What can be chosen; a text says why it could not be listed. */
  choices?: readonly Choice[] | string;
}

interface Option {
  value: string;
  label: string;
  description?: string;
}

function option({ value, label, description }: Option): PlainTextOption {
  return {
    text: plain(label === "" ? value : label, 75),
    value,
    ...(description === undefined || description === "" ? {} : { description: plain(description, 75) }),
  };
}

/** A menu's options, in groups where Slack would not take them all at once. */
function optionsOf(options: readonly Option[]) {
  const listed = options.slice(0, MOST_OPTIONS * MOST_GROUPS).map((one) => option(one));
  if (listed.length <= MOST_OPTIONS) return { options: listed };
  const groups = Array.from({ length: Math.ceil(listed.length / MOST_OPTIONS) }, (_, index) => {
    const from = index * MOST_OPTIONS;
    const some = listed.slice(from, from + MOST_OPTIONS);
    return { label: plain(`${from + 1} to ${from + some.length}`, 75), options: some };
  });
  return { option_groups: groups };
}

function menu(options: readonly Option[], initial: readonly string[], isList: boolean, max: number) {
  const usable = options.filter(({ value }) => value.length <= LONGEST_VALUE);
  const chosen = usable.filter(({ value }) => initial.includes(value)).slice(0, max);
  if (isList)
    return {
      type: "multi_static_select" as const,
      action_id: VALUE,
      ...optionsOf(usable),
      max_selected_items: Math.max(1, Math.min(max, MOST_OPTIONS)),
      ...(chosen.length === 0 ? {} : { initial_options: chosen.map((one) => option(one)) }),
    };
  return {
    type: "static_select" as const,
    action_id: VALUE,
    ...optionsOf(usable),
    ...(chosen[0] === undefined ? {} : { initial_option: option(chosen[0]) }),
  };
}

function textElement(
  initial: string | undefined,
  limits: { min?: number; max?: number },
  multiline: boolean,
) {
  const max = Math.min(limits.max ?? LONGEST_TEXT, LONGEST_TEXT);
  const fits = initial !== undefined && initial !== "" && initial.length <= max;
  return {
    type: "plain_text_input" as const,
    action_id: VALUE,
    multiline,
    max_length: max,
    ...(fits ? { initial_value: initial } : {}),
  };
}

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

/** The blocks of one field, filled in with what is there now. */
export function fieldBlocks(shown: Shown): KnownBlock[] {
  const { field, choices } = shown;
  const isList = field.kind.type === "chosen" && field.kind.isList;
  // A menu would leave out what is too long for it, and nobody would know.
  if (field.kind.type === "chosen" && typeof choices !== "string" && choices?.some(isTooLong))
    return unlistedBlocks(field, tooLongText(choices), isList);
  if (field.kind.type === "chosen" && typeof choices !== "string" && (choices ?? []).length > 0)
    return [chosenBlock(field, choices as readonly Choice[], isList)];
  if (field.kind.type === "chosen") return unlistedBlocks(field, choices, isList);
  const generate = field.canGenerate ? [generateBlock(field)] : [];
  const element = elementOf(shown);
  return [inputBlock(field, element, hintOf(field)), ...typedBlocks(field), ...generate];
}

type Element = Extract<KnownBlock, { type: "input" }>["element"];

function inputBlock(field: FormField, element: Element, hint: string | undefined): KnownBlock {
  const isOptional = !field.isRequired || field.canGenerate || isPeople(field);
  return {
    type: "input",
    block_id: fieldBlockId(field.path),
    label: plain(field.title, 2_000),
    optional: isOptional,
    element,
    ...(hint === undefined ? {} : { hint: plain(hint, 2_000) }),
  };
}

function hintOf({ kind, hint }: FormField): string | undefined {
  const how =
    kind.type === "table" ? tableHint(kind.parts) : kind.type === "lines" ? "One a line." : undefined;
  return [hint, how].filter((part) => part !== undefined).join(" ") || undefined;
}

function isPeople({ kind }: FormField): boolean {
  return kind.type === "people" || kind.type === "person";
}

function chosenBlock(field: FormField, choices: readonly Choice[], isList: boolean): KnownBlock {
  const options = choices.map(({ value, title, description }) => ({
    value,
    label: title,
    ...(description === undefined ? {} : { description }),
  }));
  // Where there is nothing to choose between it is chosen already.
  const initial = choices.length === 1 && field.isRequired ? choices.map(({ value }) => value) : [];
  return inputBlock(field, menu(options, initial, isList, MOST_OPTIONS), field.hint);
}

function isTooLong({ value }: Choice): boolean {
  return value.length > LONGEST_VALUE;
}

function tooLongText(choices: readonly Choice[]): string {
  const listed = choices
    .map(({ value, title }) => (title === value ? value : `${title}: ${value}`))
    .join("; ");
  const text = `Some of these are too long for a menu: ${listed}`;
  return `${text.length > 1_500 ? `${text.slice(0, 1_500).toWellFormed()}…` : text}.`;
}

/** Nothing to choose from: said, or typed by its id where the list could not be had. */
function unlistedBlocks(
  field: FormField,
  choices: readonly Choice[] | string | undefined,
  isList: boolean,
): KnownBlock[] {
  if (typeof choices !== "string")
    return [{ type: "section", text: plain(`${field.title}: there is none.`) }];
  const hint = `${choices} ${isList ? "Type their ids, one a line." : "Type its id."}`;
  return [inputBlock(field, textElement(undefined, {}, isList), hint)];
}

function generateBlock(field: FormField): KnownBlock {
  return {
    type: "input",
    block_id: generateBlockId(field.path),
    label: plain(`${field.title} by chance`, 2_000),
    optional: true,
    hint: plain("It is shown to you once, when the request is made."),
    element: {
      type: "checkboxes",
      action_id: VALUE,
      options: [option({ value: "generate", label: "Make one up" })],
    },
  };
}

function typedBlocks(field: FormField): KnownBlock[] {
  if (!isPeople(field)) return [];
  const isList = field.kind.type === "people";
  return [
    {
      type: "input",
      block_id: typedBlockId(field.path),
      label: plain(isList ? "or their e-mail addresses" : "or their e-mail address", 2_000),
      optional: true,
      ...(isList ? { hint: plain("One a line.") } : {}),
      element: isList ? textElement(undefined, {}, true) : { type: "email_text_input", action_id: VALUE },
    },
  ];
}

function elementOf({ field, current }: Shown): Element {
  const { kind } = field;
  const text = typeof current === "string" || typeof current === "number" ? String(current) : undefined;
  return menuOf(kind, current, text) ?? pickerOf(kind, text) ?? writingOf(kind, current, text);
}

function menuOf(kind: FieldKind, current: unknown, text: string | undefined): Element | undefined {
  const list = Array.isArray(current) ? (current as unknown[]) : [];
  switch (kind.type) {
    case "option":
      return menu(namedOptions(kind.options), text === undefined ? [] : [text], false, 1);
    case "options":
      return menu(namedOptions(kind.options), list.map(String), true, kind.max);
    case "yes_no":
      return menu(YES_NO, typeof current === "boolean" ? [current ? "yes" : "no"] : [], false, 1);
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
      return { type: "datepicker", action_id: VALUE, ...(isDate ? { initial_date: text } : {}) };
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
        ...(text === undefined ? {} : { initial_value: text }),
        ...(kind.min === undefined ? {} : { min_value: String(kind.min) }),
        ...(kind.max === undefined ? {} : { max_value: String(kind.max) }),
      };
    case "email":
      return { type: "email_text_input", action_id: VALUE, ...initialText(text) };
    case "url":
      return { type: "url_text_input", action_id: VALUE, ...initialText(text) };
    case "lines":
      return textElement(list.length === 0 ? undefined : list.join("\n"), {}, true);
    case "table":
      return textElement(list.length === 0 ? undefined : writeTable(kind.parts, list), {}, true);
    case "json":
      return textElement(current === undefined ? undefined : JSON.stringify(current, null, 2), {}, true);
    case "text":
      return textElement(text, kind, (kind.max ?? 0) > 200);
    default:
      return textElement(text, {}, false);
  }
}

function namedOptions(options: readonly { value: string | number; label: string }[]): Option[] {
  return options.map(({ value, label }) => ({ value: String(value), label }));
}

function initialText(text: string | undefined): { initial_value?: string } {
  return text === undefined || text === "" ? {} : { initial_value: text };
}
