import { INPUT_SAMPLES } from "./inputs.ts";
import { LONGEST_SAMPLES } from "./longest.ts";
import type { Sample } from "./sample.ts";
import { SUMMARY_SAMPLES } from "./summaries.ts";
import { TEXT_SAMPLES } from "./texts.ts";

/** Everything that the gallery shows, in its order. */
export const SAMPLES: readonly Sample[] = [
  ...TEXT_SAMPLES,
  ...SUMMARY_SAMPLES,
  ...INPUT_SAMPLES,
  ...LONGEST_SAMPLES,
];
