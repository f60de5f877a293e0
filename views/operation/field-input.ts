import type { KnownBlock } from "@slack/types";
import type { Choice } from "../../src/catalogue/known.ts";
import { slackOption, VALUE } from "../blocks/inputs.ts";
import type { FormField } from "./field.ts";
import { elementOf, LONGEST_VALUE, menuElement, textElement, type Element } from "./field-element.ts";
import { tableHint } from "./table-lines.ts";
import { plain } from "../blocks/text.ts";

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
  return [
    inputBlock(field, elementOf(field.kind, shown.current), hintOf(field)),
    ...typedBlocks(field),
    ...generate,
  ];
}

function inputBlock(field: FormField, element: Element, hint: string | undefined): KnownBlock {
  const isOptional = !field.isRequired || field.canGenerate || isPeople(field);
  return {
    type: "input",
    block_id: fieldBlockId(field.path),
    label: plain(field.title, 2_000),
    optional: isOptional,
    element,
    hint: hint === undefined ? undefined : plain(hint, 2_000),
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
  const options = choices.map(({ value, title: label, description }) => ({ value, label, description }));
  // Where there is nothing to choose between it is chosen already.
  const initial = choices.length === 1 && field.isRequired ? choices.map(({ value }) => value) : [];
  return inputBlock(field, menuElement(options, initial, isList), field.hint);
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
  return [inputBlock(field, textElement(undefined, isList), hint)];
}

function generateBlock(field: FormField): KnownBlock {
  return {
    type: "input",
    block_id: generateBlockId(field.path),
    label: plain(`Random ${field.title}`, 2_000),
    optional: true,
    hint: plain("It is shown to you once, when the request is made."),
    element: {
      type: "checkboxes",
      action_id: VALUE,
      options: [slackOption({ value: "generate", label: "Make one up" })],
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
      hint: isList ? plain("One a line.") : undefined,
      element: isList ? textElement(undefined, true) : { type: "email_text_input", action_id: VALUE },
    },
  ];
}
