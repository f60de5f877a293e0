import type { Operation } from "../../catalogue/operation.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { StepResult } from "../events/step-result.ts";
import type { StepContext, StepRun } from "./step-context.ts";

/** Why a step may not be sent, given how those before it have ended, if so. */
export function blockedBy(step: PlanStep, before: ReadonlyMap<string, StepResult>): StepResult | undefined {
  if ([...before.values()].some(({ wrongPerson }) => wrongPerson === true))
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

/** What has changed while the request waited, so that it must not be sent. */
export async function blockedByChange(
  context: StepContext,
  { target }: StepRun,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<StepResult | undefined> {
  const refused = (why: string, advice: string): StepResult => ({
    outcome: "failed",
    sentence: `Not sent. ${why}`,
    facts: { advice },
  });
  // Others may have used it up while this request waited. What may have been sent already counts itself.
  const spent = await context.checks.quotaFault(operation, target);
  if (spent !== undefined) return refused(spent, "Ask again later.");
  const changed = await context.checks.changedChoice(operation, input, target);
  return changed === undefined ? undefined : refused(changed, "Look at what is there now, and ask again.");
}
