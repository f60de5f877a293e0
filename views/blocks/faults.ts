import type { ViewOutput, ViewResponseAction } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import { plain } from "./text.ts";

/** What is wrong, by the block id of the field next to which Slack shows it. */
export type FieldErrors = Record<string, string>;

/** Faults by block; those of one block are said after each other. */
export function errorsByBlock(faults: readonly { block: string; message: string }[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { block, message } of faults)
    errors[block] = errors[block] === undefined ? message : `${errors[block]} ${message}`;
  return errors;
}

/** Faults on top of a form, where there is no field of theirs. */
export function faultBlocks(faults: readonly string[] = []): KnownBlock[] {
  return faults.map((fault) => ({ type: "section", text: plain(`⚠️ ${fault}`) }));
}

/**
 * Faults next to their fields. Slack takes faults only for fields that the form shows; where one is not there, as
 * when the form was sent before it had followed what was chosen, the form is drawn again.
 */
export function errorsAnswer(
  view: ViewOutput,
  errors: FieldErrors,
  formAgain: () => ModalView,
): ViewResponseAction {
  const shown = new Set(view.blocks.map(({ block_id: id }) => id));
  return Object.keys(errors).every((block) => shown.has(block))
    ? { response_action: "errors", errors }
    : { response_action: "update", view: formAgain() };
}
