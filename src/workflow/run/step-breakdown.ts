import { findOperation } from "../../catalogue/registry.ts";
import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import { stepFinished } from "../events/run-events.ts";
import type { StepResult } from "../events/step-result.ts";
import type { StepContext, StepRun } from "../step/step-context.ts";
import { isLostRun } from "./run-ownership.ts";
import { isDatabaseTrouble } from "../../database/trouble.ts";

/**
 * Ends a step that failed in a way that nobody foresaw, so that it ends alone: every other step goes on, and whoever
 * reads the thread learns which one did not. What it did is unknown.
 * @throws the error itself where the database is away, when the step is tried again, and where the run was lost
 */
export async function recordBreakdown(
  { step: context, now }: { step: Pick<StepContext, "audit">; now: () => Date },
  { requestId, round, step }: StepRun,
  error: unknown,
): Promise<StepResult> {
  if (isDatabaseTrouble(error) || isLostRun(error)) throw error;
  const vendor = VENDOR_NAMES[findOperation(step.operation).vendor];
  const result: StepResult = {
    outcome: "failed",
    sentence: "Deadbolt failed at this step, and does not know whether it was done. Treat it as NOT done.",
    facts: {
      unknown: true,
      advice: `Check the person in the ${vendor} console, and tell your Deadbolt administrator.`,
    },
  };
  await context.audit(stepFinished(requestId, round, step, result, now()));
  return result;
}
