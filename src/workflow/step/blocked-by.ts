import type { PlanStep } from "../../playbook/playbook.ts";
import type { StepResult } from "../events/step-result.ts";

/** Why a step may not be sent, given how those before it have ended, if so. */
export function obstacleOf(step: PlanStep, before: ReadonlyMap<string, StepResult>): StepResult | undefined {
  const results = step.after.concat(step.requires).map((id) => before.get(id));
  if (results.some((result) => result?.wrongPerson === true))
    return {
      outcome: "skipped",
      sentence: "Not sent: Zoom no longer shows the person who was approved.",
      facts: {},
      wrongPerson: true,
    };
  for (const id of step.requires) {
    const result = before.get(id);
    if (result?.outcome === "not_found")
      return { outcome: "not_found", sentence: "Not sent: Zoom knows no such user.", facts: {} };
    if (result?.outcome !== "verified")
      return {
        outcome: "skipped",
        sentence: `Not sent, because it cannot be undone and the step before it (${id}) did not succeed.`,
        facts: { advice: "Ask again once the step before works." },
      };
  }
  return undefined;
}
