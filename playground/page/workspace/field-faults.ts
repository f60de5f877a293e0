import type { Block, EnteredValue, Json, PageView } from "../../page-api.ts";

/** What was entered since the modal opened, by block id and action id. */
export type Entries = Readonly<Record<string, Readonly<Record<string, EnteredValue>>>>;

type Element = { [key: string]: Json };

/** The parts of an element's state that say what it is, and not what it holds. */
const NOT_VALUES = new Set(["type", "action_id", "block_id"]);

function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

function heldEmpty(state: Element | undefined): boolean {
  return Object.entries(state ?? {}).every(([key, value]) => NOT_VALUES.has(key) || isEmpty(value));
}

function elementOf(block: Block): Element | undefined {
  const { element } = block;
  return typeof element === "object" && element !== null && !Array.isArray(element) ? element : undefined;
}

/** What is wrong with a text for this element; undefined when Slack's own form would take it. */
function textFault(element: Element, text: string): string | undefined {
  const number = (name: string) => (element[name] === undefined ? undefined : Number(element[name]));
  switch (element["type"]) {
    case "email_text_input":
      return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)
        ? undefined
        : "Enter an e-mail address, such as sam@northwind.example.";
    case "url_text_input":
      return /^https?:\/\/\S+$/.test(text) ? undefined : "Enter a link that begins with https://.";
    case "plain_text_input": {
      const [least, most] = [number("min_length") ?? 0, number("max_length") ?? 3000];
      if (text.length < least) return `Enter at least ${least} characters.`;
      return text.length > most ? `Enter at most ${most} characters.` : undefined;
    }
    case "number_input": {
      const form = element["is_decimal_allowed"] === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
      if (!form.test(text)) return "Enter a number.";
      const [least, most] = [
        Number(element["min_value"] ?? -Infinity),
        Number(element["max_value"] ?? Infinity),
      ];
      return Number(text) < least || Number(text) > most
        ? `Enter a number from ${least} to ${most}.`
        : undefined;
    }
    default:
      return undefined;
  }
}

/** What Slack's own form would say before it sends anything: by block id, the words next to the field. */
export function fieldFaults(
  view: Pick<PageView, "blocks" | "state">,
  entries: Entries,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const block of view.blocks) {
    const element = block.type === "input" ? elementOf(block) : undefined;
    const { block_id: blockId } = block;
    if (element === undefined || blockId === undefined) continue;
    const { action_id: actionId } = element;
    if (typeof actionId !== "string") continue;
    const edited = entries[blockId];
    const isEdited = edited !== undefined && actionId in edited;
    const value = edited?.[actionId];
    const missing = isEdited ? isEmpty(value) : heldEmpty(view.state[blockId]?.[actionId]);
    const fault =
      missing && block["optional"] !== true
        ? "Fill in this field."
        : !missing && isEdited && typeof value === "string"
          ? textFault(element, value)
          : undefined;
    if (fault !== undefined) faults[blockId] = fault;
  }
  return faults;
}
