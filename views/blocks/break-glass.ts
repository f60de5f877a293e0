import type { KnownBlock } from "@slack/types";
import { checkboxesInput, type ViewValues } from "./inputs.ts";

/** The block of a form by which one breaks the glass. */
const BREAK_GLASS = "break_glass";
const YES = "yes";

/** The choice to run at once without approvals; only shown to those who may. */
export function breakGlassInput(isChosen = false): KnownBlock {
  return checkboxesInput({
    field: BREAK_GLASS,
    label: "Emergency override (break-glass)",
    hint: "For emergencies. Skipped approvers are notified, and someone else must review it.",
    choices: [{ value: YES, label: "Run it at once, without approvals" }],
    initial: isChosen ? [YES] : [],
    optional: true,
  });
}

/** Whether the glass is to be broken. */
export function breaksGlass(values: ViewValues): boolean {
  return values.choices(BREAK_GLASS).includes(YES);
}

/** Whether a form offers it. */
export function offersBreakGlass(view: { blocks: readonly { block_id?: string }[] }): boolean {
  return view.blocks.some(({ block_id: id }) => id === BREAK_GLASS);
}
