import type { ActionsBlock as SlackActionsBlock } from "@slack/types";
import { Element } from "./elements/element.tsx";

/** Buttons, menus and pickers in a row; each tells the app at once. */
export function ActionsBlock({ block }: { block: SlackActionsBlock }) {
  return (
    <div class="bk-actions" data-block={block.block_id}>
      {block.elements.map((element, index) => (
        <Element key={element.action_id ?? index} element={element} blockId={block.block_id ?? ""} reports />
      ))}
    </div>
  );
}
