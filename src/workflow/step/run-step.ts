import { withValueAt } from "../../catalogue/field-path.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { stepAnswered, stepFinished, stepStarted } from "../events/run-events.ts";
import type { StepResult } from "../events/step-result.ts";
import {
  acceptedResult,
  doneBefore,
  readBackResult,
  recordedResult,
  recordedSnapshot,
} from "./before-restart.ts";
import { blockedBy, blockedByChange } from "./blocked-by.ts";
import { asFarAsListed, chosenCalls, type ChosenCalls } from "./chosen-step.ts";
import { expectNothing } from "./expect-step.ts";
import { SealedInputError } from "./sealed-input.ts";
import { withLeftAlone, type StillSo } from "./left-alone.ts";
import { sendChosen } from "./send-chosen.ts";
import { sendCall, type WholeCall } from "./send-step.ts";
import { takeSnapshot } from "./snapshot-step.ts";
import type { StepContext, StepRun } from "./step-context.ts";
import { waitForTurn } from "./wait-for-turn.ts";

/**
 * Runs one step: writes that it starts, sends, writes what was answered, reads back, writes how it ended. Safe to
 * run again after a crash: events are kept once, a step that had ended ends the same, and a call that must not be
 * repeated is read back first.
 * @throws only when the audit log cannot be written; vendor failures are results
 */
export async function runStep(context: StepContext, run: StepRun): Promise<StepResult> {
  const { requestId, step } = run;
  const { finish, answered } = createWriter(context, run);
  // What is theirs is listed while others are still at work; only the sending waits for its turn.
  const listing = step.chosen === undefined ? undefined : chosenCalls(context, run);
  // Its fault is met where it is awaited, and must not end the process before.
  listing?.catch(() => undefined);
  const blocked = blockedBy(step, await run.ready());
  if (blocked !== undefined) {
    const done = await doneBefore(context, run);
    return done?.isRecorded === true ? done.result : finish(done?.result ?? blocked);
  }
  if (step.delaySeconds !== undefined) await waitForTurn(context, run, step.delaySeconds);

  const ended = run.stillSo === undefined ? undefined : recordedResult(await context.events(requestId), run);
  if (ended !== undefined) return ended;
  const still = await run.stillSo?.();
  if (still?.kind === "ended") return finish(still.result);

  const at = new Date(context.clock.now());
  const isFirstRun = run.isBegun || (await context.audit(stepStarted(requestId, run.round, step, at)));
  run.onSent();
  const eventsBefore = isFirstRun ? [] : await context.events(requestId);
  if (step.isSnapshot) {
    const recorded = recordedSnapshot(eventsBefore, run);
    if (recorded !== undefined) return recorded;
    const taken = await takeSnapshot(context, run, isFirstRun);
    return finish(taken.wrongPerson === true ? await stopped(run, taken) : taken);
  }

  const recorded = recordedResult(eventsBefore, run);
  if (recorded !== undefined) return recorded;
  const accepted = acceptedResult(eventsBefore, run);
  if (accepted !== undefined) return finish(still === undefined ? accepted : withLeftAlone(accepted, still));
  return finish(await send(context, run, { isFirstRun, answered, listing, still }));
}

/** How the read of an id ends that is someone else's: nothing more is sent by it, and what was sent is taken back. */
async function stopped(run: StepRun, taken: StepResult): Promise<StepResult> {
  if (run.stop !== undefined) run.stop.isWrongPerson = true;
  const back = await run.takeBack?.();
  return {
    ...taken,
    sentence: `${taken.sentence} ${back?.sentence ?? "Nothing was changed."}`,
    facts: { ...back?.facts, ...taken.facts },
  };
}

/** Writes down what was answered, and how the step ended. */
function createWriter(
  context: StepContext,
  run: StepRun,
): { finish: (result: StepResult) => Promise<StepResult>; answered: WholeCall["answered"] } {
  const { requestId, round, step } = run;
  const { clock } = context;
  return {
    async finish(result) {
      await context.audit(stepFinished(requestId, round, step, result, new Date(clock.now())));
      run.onEnded?.(result);
      return result;
    },
    async answered(accepted, facts) {
      const now = clock.now();
      const written = context.audit(stepAnswered(requestId, round, step, { accepted, facts }, new Date(now)));
      // What comes after it is written down with it, so that both wait for the disk once.
      run.onAnswered(now);
      await written;
    },
  };
}

interface ToSend {
  /** False where a restart came in between, and it may have been sent before. */
  isFirstRun: boolean;
  answered: WholeCall["answered"];
  /** What is listed as theirs, where the step chooses from it. */
  listing: Promise<ChosenCalls> | undefined;
  /** What of a release is still to be sent. */
  still: Extract<StillSo, { kind: "send" }> | undefined;
}

/** Sends the step, once nothing is before it any more. */
async function send(context: StepContext, run: StepRun, toSend: ToSend): Promise<StepResult> {
  const { step } = run;
  const { isFirstRun, answered, listing, still } = toSend;
  if (step.expects !== undefined) return expectNothing(context, run, answered);
  if (listing !== undefined)
    return asFarAsListed(run, await sendChosen(context, run, { listing, isFirstRun, answered }));

  const operation = findOperation(step.operation);
  const input = still?.input ?? (await wholeInput(context, run));
  if (input === undefined) return KEPT_INPUT_GONE;
  const blocked = isFirstRun ? await blockedByChange(context, run, operation, input) : undefined;
  if (blocked !== undefined) return blocked;
  // Another randomly generated password does no harm where the first one may have been set.
  const isRepeatable = operation.idempotent || step.generated !== undefined;
  const earlier = isFirstRun || isRepeatable ? undefined : await readBackResult(context, operation, input);
  const result =
    earlier ?? (await sendCall(context, { step, operation, input, isFirstRun, isRepeatable, answered }));
  return still === undefined ? result : withLeftAlone(result, still);
}

const KEPT_INPUT_GONE: StepResult = {
  outcome: "failed",
  sentence: "Not sent: what was entered in secret, or the file, cannot be read any more.",
  facts: { advice: "Ask again. It is lost when the Zoom client secret changes in between." },
};

/** The step's input, whole; undefined when a part that was kept apart cannot be had any more. */
async function wholeInput(
  context: StepContext,
  { requestId, step }: StepRun,
): Promise<Record<string, unknown> | undefined> {
  const { generated = [] } = step;
  const input = generated.reduce(
    (whole, path) => withValueAt(whole, path, context.inputs.makePassword()),
    step.input,
  );
  if (step.kept === undefined) return input;
  try {
    return await context.inputs.whole(requestId, step);
  } catch (error) {
    if (error instanceof SealedInputError) return undefined;
    throw error;
  }
}
