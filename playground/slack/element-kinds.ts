/**
 * How each stateful element shows up in a view's state: the field that carries its value, the field with which the
 * app presets it, and what the value is while nothing is entered.
 */
export interface ElementKind {
  field: string;
  preset: string;
  empty: () => unknown;
}

const single = (field: string, preset: string): ElementKind => ({ field, preset, empty: () => null });
const several = (field: string, preset: string): ElementKind => ({ field, preset, empty: () => [] });

const typed = single("value", "initial_value");
const chosen = single("selected_option", "initial_option");
const manyChosen = several("selected_options", "initial_options");

const ELEMENT_KINDS: Readonly<Record<string, ElementKind>> = {
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: typed,
  rich_text_input: single("rich_text_value", "initial_value"),
  static_select: chosen,
  external_select: chosen,
  radio_buttons: chosen,
  checkboxes: manyChosen,
  multi_static_select: manyChosen,
  multi_external_select: manyChosen,
  users_select: single("selected_user", "initial_user"),
  multi_users_select: several("selected_users", "initial_users"),
  conversations_select: single("selected_conversation", "initial_conversation"),
  multi_conversations_select: several("selected_conversations", "initial_conversations"),
  channels_select: single("selected_channel", "initial_channel"),
  multi_channels_select: several("selected_channels", "initial_channels"),
  datepicker: single("selected_date", "initial_date"),
  timepicker: single("selected_time", "initial_time"),
  datetimepicker: single("selected_date_time", "initial_date_time"),
  file_input: several("files", "initial_files"),
};

/** The kind of a stateful element, or undefined for buttons and overflow menus. */
export function elementKind(type: string): ElementKind | undefined {
  return Object.hasOwn(ELEMENT_KINDS, type) ? ELEMENT_KINDS[type] : undefined;
}
