import { isDeepStrictEqual } from "node:util";
import {
  choiceOption,
  confirmation,
  conversationFilter,
  menuOption,
  optionGroup,
  placeholder,
} from "./composition-rules.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { all, boolean, integer, isObject, list, object, relation, string, type Rule } from "./rules.ts";

/** Rules for the elements with which a person chooses: menus, checkboxes, radio buttons and pickers. */

const { checkboxes, radio_buttons, select } = BLOCK_LIMITS;

export const actionable = { action_id: string({ min: 1, max: BLOCK_LIMITS.action_id.max_length }) };
export const focusable = { ...actionable, focus_on_load: boolean };
const confirmable = { ...focusable, confirm: confirmation };
const maximumSelected = { max_selected_items: integer({ min: 1 }) };

/** An initial choice must be one of those offered, to the letter. */
function initialAmongOptions(field: "initial_option" | "initial_options"): Rule {
  return relation((element) => {
    if (element[field] === undefined) return undefined;
    const groups = Array.isArray(element["option_groups"]) ? element["option_groups"] : [];
    const offered = [element, ...groups].flatMap((one) =>
      isObject(one) && Array.isArray(one["options"]) ? (one["options"] as unknown[]) : [],
    );
    const chosen = Array.isArray(element[field]) ? (element[field] as unknown[]) : [element[field]];
    return chosen.every((one) => offered.some((option) => isDeepStrictEqual(option, one)))
      ? undefined
      : `${field} must match an option`;
  });
}

const optionsOrGroups = relation((element) =>
  (element["options"] === undefined) === (element["option_groups"] === undefined)
    ? "must have exactly one of options and option_groups"
    : undefined,
);

const menu = { ...confirmable, placeholder };
const offered = {
  options: list(menuOption, { min: 1, max: select.options.max_items }),
  option_groups: list(optionGroup, { min: 1, max: select.option_groups.max_items }),
};
const conversations = {
  ...menu,
  default_to_current_conversation: boolean,
  filter: conversationFilter,
};
const text = string();

const selects: Record<string, Rule> = {
  static_select: all(
    object({ ...menu, ...offered, initial_option: menuOption }),
    optionsOrGroups,
    initialAmongOptions("initial_option"),
  ),
  external_select: object({ ...menu, initial_option: menuOption, min_query_length: integer({ min: 0 }) }),
  users_select: object({ ...menu, initial_user: text }),
  conversations_select: object({
    ...conversations,
    initial_conversation: text,
    response_url_enabled: boolean,
  }),
  channels_select: object({ ...menu, initial_channel: text, response_url_enabled: boolean }),
};

const multiSelects: Record<string, Rule> = {
  multi_static_select: all(
    object({ ...menu, ...offered, ...maximumSelected, initial_options: list(menuOption, { min: 1 }) }),
    optionsOrGroups,
    initialAmongOptions("initial_options"),
  ),
  multi_external_select: object({
    ...menu,
    ...maximumSelected,
    initial_options: list(menuOption, { min: 1 }),
    min_query_length: integer({ min: 0 }),
  }),
  multi_users_select: object({ ...menu, ...maximumSelected, initial_users: list(text) }),
  multi_conversations_select: object({
    ...conversations,
    ...maximumSelected,
    initial_conversations: list(text),
  }),
  multi_channels_select: object({ ...menu, ...maximumSelected, initial_channels: list(text) }),
};

const choices: Record<string, Rule> = {
  checkboxes: all(
    object(
      {
        ...confirmable,
        options: list(choiceOption, { min: 1, max: checkboxes.options.max_items }),
        initial_options: list(choiceOption, { min: 1 }),
      },
      ["options"],
    ),
    initialAmongOptions("initial_options"),
  ),
  radio_buttons: all(
    object(
      {
        ...confirmable,
        options: list(choiceOption, { min: 1, max: radio_buttons.options.max_items }),
        initial_option: choiceOption,
      },
      ["options"],
    ),
    initialAmongOptions("initial_option"),
  ),
};

const pickers: Record<string, Rule> = {
  datepicker: object({
    ...confirmable,
    placeholder,
    initial_date: string({}, { pattern: /^\d{4}-\d{2}-\d{2}$/, message: "must be a date YYYY-MM-DD" }),
  }),
  timepicker: object({
    ...confirmable,
    placeholder,
    initial_time: string({}, { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: "must be a time HH:mm" }),
    timezone: text,
  }),
};

export const datetimepicker = object({
  ...confirmable,
  initial_date_time: integer({ min: 1_000_000_000, max: 9_999_999_999 }),
});

/** Every menu, choice and picker that may stand at the side of a section. */
export const MENUS: Record<string, Rule> = { ...selects, ...multiSelects, ...choices, ...pickers };
