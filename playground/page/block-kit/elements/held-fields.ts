/** Where an element's value stands. */
export interface HeldFields {
  /** In its state in the view. */
  held: string;
  /** In the element itself, as the app preset it. */
  preset: string;
}

const TYPED: HeldFields = { held: "value", preset: "initial_value" };
const CHOSEN: HeldFields = { held: "selected_option", preset: "initial_option" };
const SEVERAL_CHOSEN: HeldFields = { held: "selected_options", preset: "initial_options" };

/** `user` stands in `selected_user` and `initial_user`. */
function of(what: string): HeldFields {
  return { held: `selected_${what}`, preset: `initial_${what}` };
}

const FIELDS: Readonly<Record<string, HeldFields>> = {
  plain_text_input: TYPED,
  email_text_input: TYPED,
  url_text_input: TYPED,
  number_input: TYPED,
  rich_text_input: { held: "rich_text_value", preset: "initial_value" },
  static_select: CHOSEN,
  external_select: CHOSEN,
  radio_buttons: CHOSEN,
  checkboxes: SEVERAL_CHOSEN,
  multi_static_select: SEVERAL_CHOSEN,
  multi_external_select: SEVERAL_CHOSEN,
  users_select: of("user"),
  multi_users_select: of("users"),
  conversations_select: of("conversation"),
  multi_conversations_select: of("conversations"),
  channels_select: of("channel"),
  multi_channels_select: of("channels"),
  datepicker: of("date"),
  timepicker: of("time"),
  datetimepicker: of("date_time"),
  file_input: { held: "files", preset: "initial_files" },
};

/** Every type of element that holds a value. */
export const FIELD_TYPES: readonly string[] = Object.keys(FIELDS);

/** Where a type of element holds its value; undefined for buttons and overflow menus. */
export function heldFields(type: string): HeldFields | undefined {
  return Object.hasOwn(FIELDS, type) ? FIELDS[type] : undefined;
}
