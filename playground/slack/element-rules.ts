import {
  anyText,
  confirmation,
  dispatchActionConfig,
  imageSource,
  oneImageSource,
  overflowOption,
  placeholder,
  plainText,
  style,
  webAddress,
} from "./composition-rules.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { actionable, datetimepicker, focusable, MENUS } from "./menu-rules.ts";
import {
  all,
  anything,
  boolean,
  integer,
  isObject,
  list,
  object,
  relation,
  string,
  type Rule,
} from "./rules.ts";

const { button, overflow, plain_text_input, file_input } = BLOCK_LIMITS;
const maximumText = plain_text_input.max_length.max;
const typed = { ...focusable, placeholder, dispatch_action_config: dispatchActionConfig };
const text = string();

const buttonText = plainText(button.text.max_length);
const accessibilityLabel = string({ min: 1, max: button.accessibility_label.max_length });

export const buttonRule: Rule = object(
  {
    ...actionable,
    text: buttonText,
    value: string({ max: button.value.max_length }),
    url: webAddress(button.url.max_length),
    style,
    confirm: confirmation,
    accessibility_label: accessibilityLabel,
  },
  ["text"],
);

const workflowButton = object(
  { ...actionable, text: buttonText, workflow: anything, style, accessibility_label: accessibilityLabel },
  ["text", "workflow"],
);

export const imageElement: Rule = all(
  object({ ...imageSource, alt_text: string({ min: 1, max: BLOCK_LIMITS.image.alt_text.max_length }) }, [
    "alt_text",
  ]),
  oneImageSource,
);

const overflowMenu = object(
  {
    ...actionable,
    confirm: confirmation,
    options: list(overflowOption, { min: 1, max: overflow.options.max_items }),
  },
  ["options"],
);

const plainTextInput = all(
  object({
    ...typed,
    initial_value: string({ max: maximumText }),
    multiline: boolean,
    min_length: integer({ min: 0, max: maximumText }),
    max_length: integer({ min: 1, max: maximumText }),
  }),
  relation(({ min_length: min, max_length: max, initial_value: initial }) => {
    if (typeof min === "number" && typeof max === "number" && min > max)
      return "min_length exceeds max_length";
    return typeof initial === "string" && typeof max === "number" && initial.length > max
      ? "initial_value exceeds max_length"
      : undefined;
  }),
);

const richTextInput = object({
  ...typed,
  initial_value: anything,
  min_lines: integer({ min: 1 }),
  max_lines: integer({ min: 1 }),
});

/** What a section may carry at its side. */
export const ACCESSORIES: Record<string, Rule> = {
  ...MENUS,
  button: buttonRule,
  image: imageElement,
  overflow: overflowMenu,
  workflow_button: workflowButton,
};

/** What an actions block may hold. */
export const ACTIONS: Record<string, Rule> = {
  ...MENUS,
  button: buttonRule,
  datetimepicker,
  overflow: overflowMenu,
  rich_text_input: richTextInput,
  workflow_button: workflowButton,
};

/** What an input block may hold. */
export const INPUTS: Record<string, Rule> = {
  ...MENUS,
  datetimepicker,
  plain_text_input: plainTextInput,
  rich_text_input: richTextInput,
  email_text_input: object({ ...typed, initial_value: text }),
  url_text_input: object({ ...typed, initial_value: text }),
  number_input: object(
    { ...typed, is_decimal_allowed: boolean, initial_value: text, min_value: text, max_value: text },
    ["is_decimal_allowed"],
  ),
  file_input: object({
    ...actionable,
    filetypes: list(text, { min: 1 }),
    max_files: integer(file_input.max_files),
  }),
};

/** What a context block may hold. */
export const CONTEXT: Rule = (value, pointer, faults) => {
  const rule =
    isObject(value) && value["type"] === "image" ? imageElement : anyText(BLOCK_LIMITS.text.max_length);
  rule(value, pointer, faults);
};

const feedbackButton = object(
  {
    text: plainText(BLOCK_LIMITS.feedback_button.text.max_length),
    value: string({ min: 1, max: BLOCK_LIMITS.feedback_button.value.max_length }),
    accessibility_label: accessibilityLabel,
  },
  ["text", "value"],
);

/** What a context_actions block may hold. */
export const CONTEXT_ACTIONS: Record<string, Rule> = {
  feedback_buttons: object(
    { ...actionable, positive_button: feedbackButton, negative_button: feedbackButton },
    ["positive_button", "negative_button"],
  ),
  icon_button: object(
    {
      ...actionable,
      icon: string({ min: 1 }),
      text: buttonText,
      value: string({ max: button.value.max_length }),
      confirm: confirmation,
      accessibility_label: accessibilityLabel,
      visible_to_user_ids: list(text, { max: BLOCK_LIMITS.icon_button.visible_to_user_ids.max_items }),
    },
    ["icon", "text"],
  ),
};
