import { ApiFailure } from "../api-failure.ts";
import { newId, newViewHash } from "../identifiers.ts";
import type { Arguments, Method } from "../method.ts";
import type { OpenView, SlackState } from "../state.ts";
import { readTrigger } from "../trigger.ts";
import { initialState } from "../view-state.ts";
import { checkedView, openModal, pushModal, replaceContent, viewShape } from "../view-stack.ts";

function refuseStaleHash(view: OpenView, hash: string | undefined): void {
  if (hash !== undefined && hash !== "" && hash !== view.hash) throw new ApiFailure("hash_conflict");
}

function namedView(state: SlackState, args: Arguments): OpenView {
  const externalId = args.text("external_id");
  const view =
    externalId === undefined
      ? state.views.get(args.required("view_id"))
      : [...state.views.values()].find((one) => one.content.external_id === externalId);
  if (view === undefined) throw new ApiFailure("not_found");
  return view;
}

export const VIEW_METHODS: Record<string, Method> = {
  "views.open": {
    scopes: [],
    limit: "tier4",
    run(args, state) {
      // The content is looked at first: a refused view leaves the trigger unused.
      const triggerId = args.required("trigger_id");
      const content = checkedView(args.structure("view", "invalid_arguments"), "modal");
      const trigger = readTrigger(state, triggerId);
      trigger.exchanged = true;
      return { view: viewShape(state, openModal(state, trigger.userId, content)) };
    },
  },
  "views.push": {
    scopes: [],
    limit: "tier4",
    run(args, state) {
      const triggerId = args.required("trigger_id");
      const content = checkedView(args.structure("view", "invalid_arguments"), "modal");
      const trigger = readTrigger(state, triggerId);
      const below = trigger.viewId === undefined ? undefined : state.views.get(trigger.viewId);
      if (below === undefined) throw new ApiFailure("invalid_trigger_id");
      const view = pushModal(state, below, content);
      trigger.exchanged = true;
      return { view: viewShape(state, view) };
    },
  },
  "views.update": {
    scopes: [],
    limit: "tier4",
    run(args, state) {
      const content = checkedView(args.structure("view", "invalid_arguments"), "modal");
      const view = namedView(state, args);
      refuseStaleHash(view, args.text("hash"));
      replaceContent(state, view, content);
      return { view: viewShape(state, view) };
    },
  },
  "views.publish": {
    scopes: [],
    limit: "tier4",
    run(args, state) {
      const content = checkedView(args.structure("view", "invalid_arguments"), "home");
      const owner = args.required("user_id");
      if (!state.users.has(owner)) throw new ApiFailure("user_not_found");
      const present = state.homes.get(owner);
      if (present !== undefined) {
        refuseStaleHash(present, args.text("hash"));
        replaceContent(state, present, content);
        return { view: viewShape(state, present) };
      }
      const id = newId("V0");
      const view: OpenView = {
        id,
        owner,
        hash: newViewHash(state.clock()),
        content,
        state: initialState(content),
        errors: {},
        rootId: id,
        previousId: undefined,
        stack: [id],
      };
      state.homes.set(owner, view);
      return { view: viewShape(state, view) };
    },
  },
};
