import type { Json } from "../../../page-api.ts";
import type { BlockContext } from "../context.ts";
import { heldFields } from "./held-fields.ts";

interface Stateful {
  type: string;
  action_id?: string;
}

/**
 * What the page was given for an element, as Slack writes it: from the view's state, or from what the app preset
 * where there is no state, as in messages.
 */
export function heldThings(element: Stateful, blockId: string, state: BlockContext["state"]): Json[] {
  const fields = heldFields(element.type);
  if (fields === undefined) return [];
  const entry = state?.[blockId]?.[element.action_id ?? ""];
  const presets = element as unknown as Readonly<Record<string, Json>>;
  const value = entry === undefined ? presets[fields.preset] : entry[fields.held];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The same as a person would enter it: texts, ids, option values or names of files; none when it is empty. */
export function heldValues(element: Stateful, blockId: string, state: BlockContext["state"]): string[] {
  return heldThings(element, blockId, state)
    .map(entered)
    .filter((text) => text !== "");
}

function entered(thing: Json): string {
  if (typeof thing === "string") return thing;
  if (typeof thing === "number") return String(thing);
  if (thing === null || typeof thing !== "object" || Array.isArray(thing)) return "";
  if (thing["type"] === "rich_text") return richTextWords(thing);
  const { value, name } = thing;
  return typeof value === "string" ? value : typeof name === "string" ? name : "";
}

/** The words of a rich text without its formatting, one line for each of its sections. */
export function richTextWords(node: Json): string {
  if (node === null || typeof node !== "object" || Array.isArray(node)) return "";
  const { type, elements, text, url, user_id: user, channel_id: channel, name, fallback } = node;
  if (Array.isArray(elements))
    return elements
      .map(richTextWords)
      .join(type === "rich_text" || type === "rich_text_list" ? "\n" : "")
      .replace(/\n$/, "");
  if (typeof text === "string") return text;
  if (typeof user === "string") return `<@${user}>`;
  if (typeof channel === "string") return `<#${channel}>`;
  if (type === "emoji" && typeof name === "string") return `:${name}:`;
  return typeof fallback === "string" ? fallback : typeof url === "string" ? url : "";
}
