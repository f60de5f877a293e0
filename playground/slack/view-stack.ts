import { ApiFailure, contentFailure } from "./api-failure.ts";
import { newId, newViewHash } from "./identifiers.ts";
import { VIEW_LIMITS } from "./limits.ts";
import { withIds } from "./placed-elements.ts";
import type { JsonObject, OpenView, SlackState, ViewContent } from "./state.ts";
import { validateView } from "./validate-blocks.ts";
import { initialState } from "./view-state.ts";

/** The view that the app sent, checked and with ids. @throws ApiFailure `invalid_arguments`, `view_too_large` */
export function checkedView(view: unknown, kind: "modal" | "home"): ViewContent {
  if (view === undefined)
    throw contentFailure("invalid_arguments", [{ pointer: "", message: "missing required field: view" }]);
  if (JSON.stringify(view).length > VIEW_LIMITS.json) throw new ApiFailure("view_too_large");
  const faults = validateView(view, kind);
  if (faults.length > 0) throw contentFailure("invalid_arguments", faults);
  const content = structuredClone(view) as ViewContent;
  return { ...content, blocks: withIds(content.blocks) };
}

function refuseTakenExternalId(state: SlackState, content: ViewContent, own?: OpenView): void {
  const id = content.external_id;
  if (id === undefined || id === "") return;
  for (const view of state.views.values())
    if (view !== own && view.content.external_id === id) throw new ApiFailure("duplicate_external_id");
}

function addView(state: SlackState, owner: string, content: ViewContent, stack: string[]): OpenView {
  refuseTakenExternalId(state, content);
  const id = newId("V0");
  const view: OpenView = {
    id,
    owner,
    hash: newViewHash(state.clock()),
    content,
    state: initialState(content),
    errors: {},
    rootId: stack[0] ?? id,
    previousId: stack.at(-1),
    stack,
  };
  stack.push(id);
  state.views.set(id, view);
  return view;
}

/** Opens a modal as the lowest of a new stack; whatever the person had open goes away. */
export function openModal(state: SlackState, owner: string, content: ViewContent): OpenView {
  for (const view of state.views.values()) if (view.owner === owner) state.views.delete(view.id);
  return addView(state, owner, content, []);
}

/** Lays a modal on the stack of another. @throws ApiFailure `push_limit_reached` */
export function pushModal(state: SlackState, below: OpenView, content: ViewContent): OpenView {
  if (below.stack.length >= VIEW_LIMITS.stacked) throw new ApiFailure("push_limit_reached");
  return addView(state, below.owner, content, below.stack);
}

/** Replaces what a view shows. Entries survive where block id, action id and element type stay the same. */
export function replaceContent(state: SlackState, view: OpenView, content: ViewContent): void {
  refuseTakenExternalId(state, content, view);
  view.state = initialState(content, view.state);
  view.content = content;
  view.errors = {};
  view.hash = newViewHash(state.clock());
}

/** Takes a view and everything that lies on it away. */
export function closeFrom(state: SlackState, view: OpenView): void {
  const position = view.stack.indexOf(view.id);
  for (const id of view.stack.splice(position)) state.views.delete(id);
}

/** Takes the whole stack away. */
export function closeStack(state: SlackState, view: OpenView): void {
  for (const id of view.stack.splice(0)) state.views.delete(id);
}

/** A view as Slack's API and payloads show it. */
export function viewShape(state: SlackState, view: OpenView): JsonObject {
  const { teamId, appId, botId } = state.credentials;
  const { content } = view;
  return {
    id: view.id,
    team_id: teamId,
    type: content.type,
    blocks: structuredClone(content.blocks),
    private_metadata: content.private_metadata ?? "",
    callback_id: content.callback_id ?? "",
    state: { values: structuredClone(view.state) },
    hash: view.hash,
    title: content.title ?? { type: "plain_text", text: "View Title", emoji: true },
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: appId,
    external_id: content.external_id ?? "",
    app_installed_team_id: teamId,
    bot_id: botId,
  };
}
