import type { AuditEvent } from "../../audit/event.ts";
import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { mayHaveChanged } from "../../lockout/ended-steps.ts";
import { runId, stepFinishedId } from "../events/run-events.ts";
import type { StepResult } from "../events/step-result.ts";
import { isProven } from "./read-back.ts";
import { unprovable } from "./send-step.ts";
import type { StepContext, StepRun } from "./step-context.ts";

/**
 * What the vendor accepted before the crash and nobody can read back: sending it again would show nothing more, and some
 * calls are taken only so many times a day.
 */
export function acceptedResult(
  events: readonly AuditEvent[],
  { step, requestId, round }: Pick<StepRun, "step" | "requestId" | "round">,
): StepResult | undefined {
  if (step.chosen !== undefined || step.expects !== undefined || step.doubt !== undefined) return undefined;
  const operation = findOperation(step.operation);
  if (operation.readBack !== undefined) return undefined;
  const id = `${runId(requestId, round)}:step:${step.id}:answered`;
  const isAccepted = events.some(
    (event) => event.type === "step.answered" && event.id === id && event.data.accepted,
  );
  return isAccepted ? unprovable(operation) : undefined;
}

/** How the step ended, when the crash came after that was written down: what people were told stays true. */
export function recordedResult(events: readonly AuditEvent[], run: StepRun): StepResult | undefined {
  const id = stepFinishedId(run.requestId, run.round, run.step.id);
  const event = events.find((one) => one.type === "step.finished" && one.id === id);
  if (event?.type !== "step.finished") return undefined;
  const { outcome, sentence, facts } = event.data;
  return { outcome, sentence, facts, ...(facts.wrongPerson === true ? { wrongPerson: true } : {}) };
}

/** Whether it was sent before the restart; undefined where it surely was not, so that it may be sent now. */
export async function readBackResult(
  context: StepContext,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<StepResult | undefined> {
  const reading = await isProven(context, operation, input);
  if (reading === "proven") {
    const sentence = "It had been sent before a restart, and reading back shows that it took hold.";
    return { outcome: "verified", sentence, facts: {} };
  }
  if (reading !== "unreadable") return undefined;
  const sentence =
    "It may have been sent before a restart, and reading back failed. It was not sent again, because it must not happen twice.";
  const advice = `Look at this user in the ${VENDOR_NAMES[operation.vendor]} console.`;
  return { outcome: "unverified", sentence, facts: { advice } };
}

/**
 * The snapshot of before a restart, where a change that waited for it may have been sent since: it is never taken again,
 * because it would show what the change left behind.
 */
export function recordedSnapshot(events: readonly AuditEvent[], run: StepRun): StepResult | undefined {
  return run.followers.some((id) => mayHaveChanged(events, id)) ? recordedResult(events, run) : undefined;
}

/**
 * What the audit log says that a step did before a restart, whatever those before it show now: who was deleted is not
 * there any more for the step that looks first. Undefined where the step had not begun.
 */
export async function doneBefore(
  context: StepContext,
  run: StepRun,
): Promise<{ result: StepResult; isRecorded: boolean } | undefined> {
  const { requestId, round, step } = run;
  if (step.isSnapshot || step.chosen !== undefined || step.expects !== undefined) return undefined;
  const events = await context.events(requestId);
  const recorded = recordedResult(events, run);
  if (recorded !== undefined) return { result: recorded, isRecorded: true };
  if (!events.some(({ id }) => id === `${runId(requestId, round)}:step:${step.id}:started`)) return undefined;
  const result =
    acceptedResult(events, run) ??
    (await readBackResult(context, findOperation(step.operation), step.input)) ??
    NOT_SHOWN;
  return { result, isRecorded: false };
}

const NOT_SHOWN: StepResult = {
  outcome: "failed",
  sentence:
    "It may have been sent before a restart, and reading back does not show it. It was not sent again, because the step before it did not succeed.",
  facts: { advice: "Check the person at the vendor, then ask again if it is still wanted." },
};
