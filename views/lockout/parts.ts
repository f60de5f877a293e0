import type { KnownBlock } from "@slack/types";
import {
  LOCKOUT_PARTS,
  LOCKOUT_PRESETS,
  PRESET_PARTS,
  type LockoutPart,
} from "../../src/playbook/lockout-fields.ts";
import { checkboxesInput, type ViewValues } from "../blocks/inputs.ts";
import type { HowFar, LockoutForm } from "./form-state.ts";
import { PART_CHOICES } from "./words.ts";

/**
 * Slack keeps what was ticked as long as a field has its name: each preset has its own boxes, and has others where
 * the Slack sessions are among them.
 */
export function partsField(preset: HowFar, withSlack: boolean): string {
  return `parts_${preset}${withSlack ? "_slack" : ""}`;
}

/** Every name that the boxes can have. */
export const PARTS_FIELDS: readonly string[] = LOCKOUT_PRESETS.flatMap((preset) => [
  partsField(preset, false),
  partsField(preset, true),
]);

/** Whether to offer the Slack sessions of this person: not where it is known that they are not in Slack. */
function offersSlack({ hasSlack, preview }: Pick<LockoutForm, "hasSlack" | "preview">): boolean {
  const known = typeof preview === "object" && "person" in preview ? preview.person : undefined;
  return hasSlack && (known === undefined || known.slackId !== undefined);
}

/** The boxes of a preset's steps. */
export function partsInput(form: LockoutForm): KnownBlock {
  const { preset, parts, threadOf } = form;
  const withSlack = offersSlack(form);
  return checkboxesInput({
    field: partsField(preset, withSlack),
    label: "Steps",
    hint: "All of them start at once. What fails does not stop the others.",
    choices: PART_CHOICES.filter(({ value }) => withSlack || value !== "slack-sessions"),
    initial: parts,
    redraws: threadOf === undefined,
    optional: true,
  });
}

export function partsOf(preset: HowFar): readonly LockoutPart[] {
  const name = LOCKOUT_PRESETS.find((one) => one === preset);
  return name === undefined ? [] : PRESET_PARTS[name];
}

/** The boxes that a form shows; undefined where another preset was chosen just now, and its own are not there yet. */
export function partsBlockIn(
  { blocks }: { blocks: readonly { block_id?: string }[] },
  preset: HowFar,
): string | undefined {
  return [false, true]
    .map((withSlack) => partsField(preset, withSlack))
    .find((field) => blocks.some(({ block_id: id }) => id === field));
}

/** What was ticked; what the boxes did not offer for this person is as the preset says, for the next one. */
export function tickedIn(block: string, preset: HowFar, values: ViewValues): LockoutPart[] {
  const ticked = values.choices(block);
  const isUnasked = (part: LockoutPart) =>
    part === "slack-sessions" && block === partsField(preset, false) && ticked.length > 0;
  return LOCKOUT_PARTS.filter(
    (part) => ticked.includes(part) || (isUnasked(part) && partsOf(preset).includes(part)),
  );
}
