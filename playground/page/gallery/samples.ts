import { ACTION_SAMPLES } from "./actions.ts";
import { EVERYWHERE_SAMPLES } from "./everywhere.ts";
import { INPUT_SAMPLES } from "./inputs.ts";
import { LONGEST_ACTIONS } from "./longest-actions.ts";
import { LONGEST_INPUTS } from "./longest-inputs.ts";
import { LONGEST_SUMMARIES } from "./longest-summaries.ts";
import { LONGEST_TABLES } from "./longest-tables.ts";
import { LONGEST_TEXTS } from "./longest-texts.ts";
import type { Sample } from "./sample.ts";
import { SMALLEST_SAMPLES } from "./smallest.ts";
import { SUMMARY_SAMPLES } from "./summaries.ts";
import { TEXT_SAMPLES } from "./texts.ts";

/** What the gallery shows, in its order: with ordinary content, with as little, and with as much as Slack takes. */
export const SAMPLES: readonly Sample[] = [
  ...TEXT_SAMPLES,
  ...SUMMARY_SAMPLES,
  ...INPUT_SAMPLES,
  ...ACTION_SAMPLES,
  ...EVERYWHERE_SAMPLES,
  ...SMALLEST_SAMPLES,
  ...LONGEST_TEXTS,
  ...LONGEST_SUMMARIES,
  ...LONGEST_TABLES,
  ...LONGEST_ACTIONS,
  ...LONGEST_INPUTS,
];
