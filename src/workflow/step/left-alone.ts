import type { StepResult } from "../events/step-result.ts";

/** What is to become of a step of a release: it is sent, as far as it still may be, or has ended before that. */
export type StillSo =
  | { kind: "send"; input: Record<string, unknown>; leftAlone?: string }
  | { kind: "ended"; result: StepResult };

/** How a step ended, with what was left out of it. */
export function withLeftAlone(
  result: StepResult,
  { leftAlone: left }: Extract<StillSo, { kind: "send" }>,
): StepResult {
  if (left === undefined) return result;
  const { sentence, facts } = result;
  return {
    ...result,
    sentence: `${sentence} Left as it is: ${left}`,
    facts: { ...facts, changedSince: true },
  };
}
