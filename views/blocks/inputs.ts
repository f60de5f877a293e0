import type { ViewStateValue } from "@slack/bolt";
import type { KnownBlock, PlainTextElement, PlainTextOption } from "@slack/types";
import { plain } from "./text.ts";

/** Every input block's one element has this action id; the block id is the field's name. */
export const VALUE = "value";

/** One of the values that a menu or boxes offer. */
export interface Option {
  value: string;
  label: string;
  description?: string;
}

/** An option as Slack takes it; one without a label goes by its value. */
export function slackOption({ value, label, description }: Option): PlainTextOption {
  return {
    text: plain(label === "" ? value : label, 75),
    value,
    description: plainOrNone(description === "" ? undefined : description, 75),
  };
}

function plainOrNone(text: string | undefined, length: number): PlainTextElement | undefined {
  return text === undefined ? undefined : plain(text, length);
}

interface FieldText {
  field: string;
  label: string;
  hint?: string;
  optional?: boolean;
  /** Whether choosing something is told at once, so that the form can follow. */
  redraws?: boolean;
}

function inputBase(text: FieldText) {
  return {
    type: "input" as const,
    block_id: text.field,
    label: plain(text.label, 2_000),
    optional: text.optional ?? false,
    dispatch_action: text.redraws,
    hint: plainOrNone(text.hint, 2_000),
  };
}

export function personInput(text: FieldText & { initial?: string }): KnownBlock {
  return {
    ...inputBase(text),
    element: {
      type: "users_select",
      action_id: VALUE,
      placeholder: plain("Choose a person", 150),
      initial_user: text.initial,
    },
  };
}

export function peopleInput(text: FieldText & { initial?: readonly string[]; most: number }): KnownBlock {
  return {
    ...inputBase(text),
    element: {
      type: "multi_users_select",
      action_id: VALUE,
      placeholder: plain("Choose people", 150),
      max_selected_items: text.most,
      initial_users: text.initial?.length ? [...text.initial] : undefined,
    },
  };
}

export function emailInput(text: FieldText & { initial?: string; placeholder?: string }): KnownBlock {
  return {
    ...inputBase(text),
    element: {
      type: "email_text_input",
      action_id: VALUE,
      initial_value: text.initial,
      placeholder: plainOrNone(text.placeholder, 150),
    },
  };
}

export function choiceInput(text: FieldText & { choices: readonly Option[]; initial: string }): KnownBlock {
  const initial = text.choices.find((choice) => choice.value === text.initial);
  return {
    ...inputBase(text),
    element: {
      type: "static_select",
      action_id: VALUE,
      options: text.choices.map(slackOption),
      initial_option: initial && slackOption(initial),
    },
  };
}

export function checkboxesInput(
  text: FieldText & { choices: readonly Option[]; initial: readonly string[] },
): KnownBlock {
  const initial = text.choices.filter((choice) => text.initial.includes(choice.value));
  return {
    ...inputBase(text),
    element: {
      type: "checkboxes",
      action_id: VALUE,
      options: text.choices.map(slackOption),
      initial_options: initial.length === 0 ? undefined : initial.map(slackOption),
    },
  };
}

export function textInput(
  text: FieldText & { maximum: number; multiline?: boolean; initial?: string; placeholder?: string },
): KnownBlock {
  return {
    ...inputBase(text),
    element: {
      type: "plain_text_input",
      action_id: VALUE,
      multiline: text.multiline ?? false,
      max_length: text.maximum,
      initial_value: text.initial,
      placeholder: plainOrNone(text.placeholder, 150),
    },
  };
}

export function urlInput(text: FieldText & { initial?: string }): KnownBlock {
  return {
    ...inputBase(text),
    element: {
      type: "url_text_input",
      action_id: VALUE,
      placeholder: plain("https://…", 150),
      initial_value: text.initial,
    },
  };
}

/** The entered values of a view by field name. */
export interface ViewValues {
  text(field: string): string | undefined;
  choice(field: string): string | undefined;
  /** What the chosen one is called; empty where none is. */
  label(field: string): string;
  choices(field: string): string[];
  person(field: string): string | undefined;
  people(field: string): string[];
}

/** Reads `view.state.values` by field name; blank text counts as not given. */
export function readValues(values: Record<string, Record<string, ViewStateValue>>): ViewValues {
  const at = (field: string) => values[field]?.[VALUE];
  const text = (field: string) => {
    // Postgres keeps neither a NUL nor half of a surrogate pair.
    const value = at(field)?.value?.toWellFormed().replaceAll("\0", "").trim();
    return value === undefined || value === "" ? undefined : value;
  };
  return {
    text,
    choice: (field) => at(field)?.selected_option?.value ?? undefined,
    label: (field) => at(field)?.selected_option?.text.text ?? "",
    choices: (field) => (at(field)?.selected_options ?? []).map((chosen) => chosen.value),
    person: (field) => at(field)?.selected_user ?? undefined,
    people: (field) => at(field)?.selected_users ?? [],
  };
}
