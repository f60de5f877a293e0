import type { AuditEvent } from "../../audit/event.ts";
import { stepsOf } from "../../lockout/ended-steps.ts";
import type { Plan } from "../../plan/plan.ts";
import type { StepResult } from "../events/step-result.ts";

/** How the steps ended before that are not tried again, by their ids. */
export function resultsOfBefore(
  plan: Pick<Plan, "steps">,
  events: readonly AuditEvent[],
): Record<string, StepResult> {
  const retried = events.findLast(({ type }) => type === "run.retried");
  const again = retried?.type === "run.retried" ? retried.data.steps : [];
  const steps = stepsOf(events);
  return Object.fromEntries(
    plan.steps.flatMap(({ id }): [string, StepResult][] => {
      const finished = steps.get(id)?.finished;
      if (again.includes(id) || finished === undefined) return [];
      const { outcome, sentence, facts } = finished.data;
      return [[id, { outcome, sentence, facts }]];
    }),
  );
}
