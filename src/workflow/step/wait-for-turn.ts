import type { StepContext, StepRun } from "./step-context.ts";

/** Waits until so many seconds after the steps before it were answered, also when a restart came in between. */
export async function waitForTurn(context: StepContext, run: StepRun, seconds: number): Promise<void> {
  const turn = (await lastAnswer(context, run)) + seconds * 1_000;
  const left = Math.min(turn - context.clock.now(), seconds * 1_000);
  if (left > 0) await context.clock.sleep(left);
}

/**
 * When the last of the steps before it was answered, or sent where no answer is known, in Unix milliseconds. What this
 * process saw counts, as it may not be written down yet; the trail has the rest.
 */
async function lastAnswer(context: StepContext, run: StepRun): Promise<number> {
  const { requestId, step } = run;
  const seen = step.after.flatMap((id) => run.answeredAt(id) ?? []);
  if (seen.length === step.after.length) return Math.max(...seen, 0);
  const events = await context.events(requestId);
  const told = events.flatMap((event) =>
    (event.type === "step.answered" || event.type === "step.finished" || event.type === "step.started") &&
    step.after.includes(event.data.stepId)
      ? [event.at.getTime()]
      : [],
  );
  return Math.max(...seen, ...told, 0);
}
