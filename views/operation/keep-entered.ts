import type { ViewStateValue } from "@slack/bolt";
import type { InputBlock, KnownBlock, ModalView } from "@slack/types";
import { elementAt, type FormState } from "./field-values.ts";

/**
 * The same form with what was entered filled in: Slack forgets it when a modal showed something else meanwhile. Files
 * cannot be filled in; they are chosen again.
 */
export function keepEntered(view: ModalView, state: FormState): ModalView {
  const blocks = view.blocks.map((block) => {
    const held = block.block_id === undefined ? undefined : elementAt(state, block.block_id);
    if (!isInput(block) || held === undefined) return block;
    return { ...block, element: { ...block.element, ...initialOf(held) } } as KnownBlock;
  });
  return { ...view, blocks };
}

function isInput(block: ModalView["blocks"][number]): block is InputBlock {
  return block.type === "input";
}

function initialOf(held: ViewStateValue): Record<string, unknown> {
  const {
    value,
    selected_option: option,
    selected_options: options,
    selected_user: user,
    selected_users: users,
    selected_date: date,
    selected_date_time: instant,
  } = held;
  return {
    ...(value == null || value === "" ? {} : { initial_value: value }),
    ...(option == null ? {} : { initial_option: option }),
    ...(options === undefined || options.length === 0 ? {} : { initial_options: options }),
    ...(user == null ? {} : { initial_user: user }),
    ...(users === undefined || users.length === 0 ? {} : { initial_users: users }),
    ...(date == null ? {} : { initial_date: date }),
    ...(instant == null ? {} : { initial_date_time: instant }),
  };
}
