import { ClientRefusal } from "./client-refusal.ts";
import { elementKind } from "./element-kinds.ts";
import { enter, refuseMissing, type Entry } from "./entry.ts";
import { placedElements, type PlacedElement } from "./placed-elements.ts";
import { isObject } from "./rules.ts";
import type { ElementState, JsonObject, Message, OpenView, SlackState, User, ViewState } from "./state.ts";
import { offeredOptions } from "./view-state.ts";

export interface MessagePlace {
  channel: string;
  ts: string;
}

/** Where a click lands: a message (or a copy of one), its place, or a modal or home tab. */
export type ClickTarget = Message | MessagePlace | { viewId: string };

/** The view in front of this person. @throws ClientRefusal when it is not open, not theirs, or lies under another */
export function openView(state: SlackState, user: User, viewId: string): OpenView {
  const home = state.homes.get(user.id);
  const view = home?.id === viewId ? home : state.views.get(viewId);
  if (view === undefined || view.owner !== user.id)
    throw new ClientRefusal(`${user.id} has no open view ${viewId}`);
  if (view.stack.at(-1) !== viewId) throw new ClientRefusal(`view ${viewId} lies under another`);
  return view;
}

/**
 * The message as this person's client has it, and the live one if it still exists. @throws ClientRefusal when it is
 * gone, or for someone else
 */
export function visibleMessage(
  state: SlackState,
  user: User,
  target: Message | MessagePlace,
): { message: Message; live: Message | undefined } {
  const live = state.messages.find(
    (one) => one.channel === target.channel && one.ts === target.ts && !one.deleted,
  );
  const message = "blocks" in target ? target : live;
  if (message === undefined || message.deleted) throw new ClientRefusal(`there is no message ${target.ts}`);
  if (message.ephemeralTo !== undefined && message.ephemeralTo !== user.id)
    throw new ClientRefusal(`message ${target.ts} is only for ${message.ephemeralTo}`);
  return { message, live };
}

/** The element of a block. @throws ClientRefusal when there is none, or when it is unclear which */
export function findElement(
  blocks: readonly JsonObject[],
  blockId: string,
  actionId?: string,
): PlacedElement {
  const found = placedElements(blocks).filter(
    (placed) => placed.blockId === blockId && (actionId === undefined || placed.actionId === actionId),
  );
  const [only, ...others] = found;
  if (only === undefined) throw new ClientRefusal(`there is no field in block "${blockId}"`);
  if (others.length > 0)
    throw new ClientRefusal(`block "${blockId}" has several elements; name an action id`);
  return only;
}

/** Puts something into one element of a view. */
export function enterOne(
  state: SlackState,
  view: OpenView,
  placed: PlacedElement,
  entry: Entry,
): ElementState {
  if (elementKind(placed.element.type) === undefined) return { type: placed.element.type };
  const held = enter(state, placed, entry);
  (view.state[placed.blockId] ??= {})[placed.actionId] = held;
  return held;
}

/** Fills in a form; either every entry is taken or none. @throws ClientRefusal as the client would refuse it */
export function enterAll(state: SlackState, view: OpenView, values: Readonly<Record<string, Entry>>): void {
  const before = structuredClone(view.state);
  try {
    for (const [blockId, entry] of Object.entries(values))
      enterOne(state, view, findElement(view.content.blocks, blockId), entry);
    for (const placed of placedElements(view.content.blocks))
      refuseMissing(placed, view.state[placed.blockId]?.[placed.actionId]);
  } catch (error) {
    view.state = before;
    throw error;
  }
}

function optionAction(element: JsonObject, value: string | undefined): JsonObject {
  const option = offeredOptions(element).find((one) => one["value"] === value);
  if (option === undefined) throw new ClientRefusal(`there is no option "${String(value)}"`);
  return { selected_option: structuredClone(option) };
}

/** The one of two feedback buttons that carries this value. */
function feedback(element: JsonObject, value: string | undefined): JsonObject {
  const button = [element["positive_button"], element["negative_button"]]
    .filter(isObject)
    .find((one) => one["value"] === value);
  if (button === undefined) throw new ClientRefusal(`there is no feedback "${String(value)}"`);
  return { text: button["text"], value };
}

/**
 * The action of a click.
 * @param entry tells buttons with one action id apart, or is what is chosen
 * @param held where what is chosen from a menu of a view is kept
 * @throws ClientRefusal when there is nothing to click, or when it is unclear which
 */
export function clickAction(
  state: SlackState,
  blocks: readonly JsonObject[],
  actionId: string,
  entry: Entry,
  held?: ViewState,
): JsonObject {
  // Only menus that take several are given a list; a button's value or a single choice is a text.
  const value = typeof entry === "string" ? entry : undefined;
  const named = placedElements(blocks).filter((placed) => placed.actionId === actionId);
  const found =
    value === undefined
      ? named
      : named.filter((placed) => placed.element.type !== "button" || placed.element["value"] === value);
  const [placed, ...others] = found;
  if (placed === undefined) throw new ClientRefusal(`there is nothing to click with action id "${actionId}"`);
  if (others.length > 0)
    throw new ClientRefusal(`several elements have action id "${actionId}"; name a value`);
  const { element, blockId } = placed;
  const base = { type: element.type, action_id: actionId, block_id: blockId };
  if (element.type === "feedback_buttons") return { ...base, ...feedback(element, value) };
  if (element.type === "overflow") return { ...base, ...optionAction(element, value) };
  if (elementKind(element.type) !== undefined) {
    const entered = enter(state, placed, entry);
    if (held !== undefined) (held[blockId] ??= {})[actionId] = entered;
    return { ...entered, ...base };
  }
  const { text, value: carried, style, url } = element;
  return { ...base, text, value: carried, style, url };
}
