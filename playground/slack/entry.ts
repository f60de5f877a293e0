import { ClientRefusal } from "./client-refusal.ts";
import { elementKind } from "./element-kinds.ts";
import { fileShape } from "./files.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import type { PlacedElement } from "./placed-elements.ts";
import { isObject } from "./rules.ts";
import type { ElementState, JsonObject, SlackState } from "./state.ts";
import { isEmpty, offeredOptions } from "./view-state.ts";

/** What a person enters in a field: text, ids or option values; undefined empties it. */
export type Entry = string | readonly string[] | undefined;

function oneOf(entry: Exclude<Entry, undefined>, where: string): string {
  if (typeof entry === "string") return entry;
  const [only, ...others] = entry;
  if (only === undefined || others.length > 0) throw new ClientRefusal(`${where} takes one value`);
  return only;
}

function option(element: JsonObject, value: string, where: string): JsonObject {
  // Nobody is asked for the options of an external menu here, so only what was preset can be chosen.
  const preset = [element["initial_option"], element["initial_options"]].flat().filter(isObject);
  const found = [...offeredOptions(element), ...preset].find((one) => one["value"] === value);
  if (found === undefined) throw new ClientRefusal(`${where} offers no option "${value}"`);
  return structuredClone(found);
}

function checkedText(element: JsonObject, text: string, where: string): string {
  const max = Number(element["max_length"] ?? BLOCK_LIMITS.plain_text_input.max_length.max);
  if (text.length > max) throw new ClientRefusal(`${where} takes at most ${max} characters`);
  const min = Number(element["min_length"] ?? 0);
  if (text !== "" && text.length < min) throw new ClientRefusal(`${where} needs at least ${min} characters`);
  return text;
}

function checkedNumber(element: JsonObject, text: string, where: string): string {
  const form = element["is_decimal_allowed"] === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!form.test(text)) throw new ClientRefusal(`${where} takes a number, not "${text}"`);
  const min = Number(element["min_value"] ?? -Infinity);
  const max = Number(element["max_value"] ?? Infinity);
  if (Number(text) < min || Number(text) > max)
    throw new ClientRefusal(`${where} takes a number from ${min} to ${max}`);
  return text;
}

function matching(form: RegExp, text: string, where: string, what: string): string {
  if (!form.test(text)) throw new ClientRefusal(`${where} takes ${what}, not "${text}"`);
  return text;
}

function known(things: ReadonlyMap<string, unknown>, id: string, where: string): string {
  if (!things.has(id)) throw new ClientRefusal(`${where} offers no "${id}"`);
  return id;
}

/** A file that was chosen; one of which only the name is known has no content to download. */
function fileEntry(state: SlackState, entry: string): JsonObject {
  const file = state.files.get(entry);
  return file === undefined
    ? { id: entry, name: entry, user_team: state.credentials.teamId }
    : fileShape(state, file);
}

function value(
  state: SlackState,
  element: JsonObject & { type: string },
  entry: string,
  where: string,
): unknown {
  switch (element.type.replace(/^multi_/, "")) {
    case "plain_text_input":
      return checkedText(element, entry, where);
    case "number_input":
      return checkedNumber(element, entry, where);
    case "email_text_input":
      return matching(/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/, entry, where, "an e-mail address");
    case "url_text_input":
      return matching(/^https?:\/\/\S+$/, entry, where, "a link");
    case "users_select":
      return known(state.users, entry, where);
    case "conversations_select":
    case "channels_select":
      return known(state.channels, entry, where);
    case "datepicker":
      return matching(/^\d{4}-\d{2}-\d{2}$/, entry, where, "a date YYYY-MM-DD");
    case "timepicker":
      return matching(/^([01]\d|2[0-3]):[0-5]\d$/, entry, where, "a time HH:mm");
    case "datetimepicker":
      return Number(matching(/^\d{10}$/, entry, where, "seconds since 1970"));
    case "file_input":
      return fileEntry(state, entry);
    case "rich_text_input":
      return {
        type: "rich_text",
        elements: [{ type: "rich_text_section", elements: [{ type: "text", text: entry }] }],
      };
    default:
      return option(element, entry, where);
  }
}

/**
 * The state of an element after a person entered something.
 * @throws ClientRefusal when Slack's client would not take it
 */
export function enter(state: SlackState, placed: PlacedElement, entry: Entry): ElementState {
  const { element } = placed;
  const where = `the ${element.type} in block "${placed.blockId}"`;
  const kind = elementKind(element.type);
  if (kind === undefined) throw new ClientRefusal(`${where} holds no value`);
  const empty = kind.empty();
  if (entry === undefined || entry === "") return { type: element.type, [kind.field]: empty };
  if (!Array.isArray(empty))
    return { type: element.type, [kind.field]: value(state, element, oneOf(entry, where), where) };
  const entries = typeof entry === "string" ? [entry] : entry;
  const max = Number(element["max_selected_items"] ?? element["max_files"] ?? Infinity);
  if (entries.length > max) throw new ClientRefusal(`${where} takes at most ${max}`);
  return { type: element.type, [kind.field]: entries.map((one) => value(state, element, one, where)) };
}

/** @throws ClientRefusal when a field that must be filled in is empty, as the client then keeps the form */
export function refuseMissing(placed: PlacedElement, held: ElementState | undefined): void {
  const { block } = placed;
  if (block["type"] === "input" && block["optional"] !== true && isEmpty(held))
    throw new ClientRefusal(`block "${placed.blockId}" must be filled in`);
}
