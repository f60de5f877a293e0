import { hashPlan, type Plan } from "../../plan/plan.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { StepResult } from "../events/step-result.ts";

/** A plan that begins to run, and what is done of it already where it is tried again. */
export type StartedPlan = Plan & {
  round?: number;
  earlier?: Record<string, StepResult>;
  /** Reads whose answer was seen a moment ago: nothing waits for them. */
  seen?: string[];
  /** Steps whose start is written down already. */
  begun?: string[];
  /** When this process last asked the database whether the run is its own, in Unix milliseconds; before the question. */
  confirmedAt?: number;
};

/** The steps that are sent the moment a run begins, because nothing that they wait for is still to come. */
export function firstSteps({ steps }: Pick<Plan, "steps">, seen: readonly string[]): PlanStep[] {
  return steps.filter(
    ({ after, requires, delaySeconds, chosen }) =>
      delaySeconds === undefined &&
      chosen === undefined &&
      requires.length === 0 &&
      after.every((id) => seen.includes(id)),
  );
}

/** Whether a stored plan is the one that its hash, and so its approvals, speak of. */
export function isIntact(plan: Plan): boolean {
  const { hash, ...rest } = plan;
  return hashPlan(rest) === hash;
}
