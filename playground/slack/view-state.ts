import { elementKind } from "./element-kinds.ts";
import { placedElements, type PlacedElement } from "./placed-elements.ts";
import { isObject } from "./rules.ts";
import type { ElementState, JsonObject, ViewContent, ViewState } from "./state.ts";

/** Every option that a menu offers, also those in groups. */
export function offeredOptions(element: JsonObject): JsonObject[] {
  const groups = Array.isArray(element["option_groups"]) ? (element["option_groups"] as unknown[]) : [];
  return [element, ...groups].flatMap((one) =>
    isObject(one) && Array.isArray(one["options"]) ? (one["options"] as unknown[]).filter(isObject) : [],
  );
}

/** Whether what was chosen in a menu before is still on offer. */
function stillOffered(element: JsonObject, state: ElementState): boolean {
  if (element["options"] === undefined && element["option_groups"] === undefined) return true;
  const values = new Set(offeredOptions(element).map((option) => option["value"]));
  const chosen = state["selected_options"] ?? state["selected_option"];
  return [chosen].flat().every((one) => one === null || (isObject(one) && values.has(one["value"])));
}

function presetState({ element }: PlacedElement): ElementState | undefined {
  const kind = elementKind(element.type);
  if (kind === undefined) return undefined;
  return { type: element.type, [kind.field]: structuredClone(element[kind.preset] ?? kind.empty()) };
}

/**
 * What a view holds when it is shown. What the person entered before in an element with the same block id, action id
 * and type stays, even where the app now presets something else.
 */
export function initialState(content: ViewContent, before: ViewState = {}): ViewState {
  const state: ViewState = {};
  for (const placed of placedElements(content.blocks)) {
    const preset = presetState(placed);
    if (preset === undefined) continue;
    const earlier = before[placed.blockId]?.[placed.actionId];
    const keeps = earlier?.type === preset.type && stillOffered(placed.element, earlier);
    (state[placed.blockId] ??= {})[placed.actionId] = keeps ? earlier : preset;
  }
  return state;
}

/** Whether an element holds nothing. */
export function isEmpty(state: ElementState | undefined): boolean {
  if (state === undefined) return true;
  const kind = elementKind(state.type);
  const value = kind === undefined ? undefined : state[kind.field];
  return (
    value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
  );
}
