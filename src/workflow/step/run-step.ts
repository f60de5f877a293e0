import { type AuditEvent, SYSTEM_ACTOR } from "../../audit/event.ts";
import { withValueAt } from "../../catalogue/field-path.ts";
import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { chosenCalls, worstOf, type ChosenCalls } from "./chosen-step.ts";
import { expectNothing } from "./expect-step.ts";
import { KeptInputError } from "./kept-input.ts";
import { obstacleOf } from "./blocked-by.ts";
import { isProven } from "./read-back.ts";
import { runId, stepStarted } from "../events/run-events.ts";
import { sendCall, unprovable, type WholeCall } from "./send-step.ts";
import { takeSnapshot } from "./snapshot-step.ts";
import type { StepContext, StepRun, WriteStepEvent } from "./step-context.ts";
import type { StepResult } from "../events/step-result.ts";
import { withLeftAlone } from "./left-alone.ts";

/**
 * Runs one step: writes that it starts, sends, writes what was answered, reads back, writes how it ended. Safe to
 * run again after a crash: events are kept once, a step that had ended ends the same, and a call that must not be
 * repeated is read back first.
 * @throws only when the audit trail cannot be written; vendor failures are results
 */
export async function runStep(context: StepContext, run: StepRun): Promise<StepResult> {
  const { requestId, step } = run;
  const write: WriteStepEvent = (type, suffix, data, at = context.clock.now()) =>
    context.audit({
      id: `${runId(requestId, run.round)}:step:${step.id}:${suffix}`,
      requestId,
      type,
      actor: SYSTEM_ACTOR,
      at: new Date(at),
      data,
    } as AuditEvent);
  const finish = async (result: StepResult): Promise<StepResult> => {
    const { outcome, sentence, facts } = result;
    await write("step.finished", "finished", {
      stepId: step.id,
      operation: step.operation,
      outcome,
      sentence,
      facts,
    });
    return result;
  };

  // What is theirs is listed while others are still at work; only the sending waits for its turn.
  const listing = step.chosen === undefined ? undefined : chosenCalls(context, run);
  // Its fault is met where it is awaited, and must not end the process before.
  listing?.catch(() => undefined);
  const before = await run.ready();
  const obstacle = obstacleOf(step, before);
  if (obstacle !== undefined) return finish(obstacle);
  if (step.delaySeconds !== undefined) await waitForTurn(context, run, step.delaySeconds);

  const ended = run.stillSo === undefined ? undefined : toldResult(await context.events(requestId), run);
  if (ended !== undefined) return ended;
  const still = await run.stillSo?.();
  if (still?.kind === "ended") return finish(still.result);

  const at = new Date(context.clock.now());
  const isFirstRun =
    run.isBegun === true || (await context.audit(stepStarted(requestId, run.round, step, at)));
  run.onSent();
  if (step.isSnapshot) return finish(await takeSnapshot(context, run, isFirstRun));

  const eventsBefore = isFirstRun ? [] : await context.events(requestId);
  const told = toldResult(eventsBefore, run);
  if (told !== undefined) return told;
  const accepted = acceptedResult(eventsBefore, run);
  if (accepted !== undefined) return finish(still === undefined ? accepted : withLeftAlone(accepted, still));

  const answered: WholeCall["answered"] = async (accepted, facts) => {
    const now = context.clock.now();
    const data = { stepId: step.id, operation: step.operation, accepted, facts };
    const written = write("step.answered", "answered", data, now);
    // What comes after it is written down with it, so that both wait for the disk once.
    run.onAnswered(now);
    await written;
  };
  if (step.expects !== undefined) return finish(await expectNothing(context, run, answered));
  if (listing !== undefined) return finish(await sendChosen(context, run, { listing, isFirstRun, answered }));

  const operation = findOperation(step.operation);
  const input = still?.input ?? (await inputOf(context, run));
  if (input === undefined) return finish(KEPT_INPUT_GONE);
  const hindrance = isFirstRun ? await hindranceOf(context, run, operation, input) : undefined;
  if (hindrance !== undefined) return finish(hindrance);
  // Another password made up by chance does no harm where the first one may have been set.
  const isRepeatable = operation.idempotent || step.generated !== undefined;
  const unsure = isFirstRun || isRepeatable ? undefined : await resultOfBefore(context, operation, input);
  const result =
    unsure ?? (await sendCall(context, { step, operation, input, isFirstRun, isRepeatable, answered }));
  return finish(still === undefined ? result : withLeftAlone(result, still));
}

/** Whether it was sent before the restart; undefined where it surely was not, so that it may be sent now. */
async function resultOfBefore(
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

/** One call for each thing that was listed, side by side; the step is answered when all of them are. */
async function sendChosen(
  context: StepContext,
  run: StepRun,
  {
    listing,
    isFirstRun,
    answered,
  }: { listing: Promise<ChosenCalls>; isFirstRun: boolean; answered: WholeCall["answered"] },
): Promise<StepResult> {
  const { step } = run;
  const calls = await listing;
  // What is there once for all is looked at again by a step of its own.
  const looksAgain = step.chosen?.how === "each" && step.after.length > 0;
  if ("result" in calls)
    return looksAgain && calls.result.outcome === "verified"
      ? sendNewcomers(context, run, [], answered)
      : calls.result;
  const operation = findOperation(step.operation);
  const answers: boolean[] = [];
  const collect: WholeCall["answered"] = async (accepted, facts) => {
    answers.push(accepted);
    if (answers.length === calls.inputs.length) await answered(!answers.includes(false), facts);
  };
  const results = await Promise.all(
    calls.inputs.map((input) =>
      // What is still listed after a restart was not reached before it.
      sendCall(context, { step, operation, input, isFirstRun, isRepeatable: true, answered: collect }),
    ),
  );
  if (!looksAgain) return worstOf(results);
  const newcomers = await sendNewcomers(context, run, calls.inputs, async () => undefined);
  return newcomers === NOTHING_NEW ? worstOf(results) : worstOf([...results, newcomers]);
}

const NOTHING_NEW: StepResult = {
  outcome: "verified",
  sentence: "There was none, so nothing was sent.",
  facts: {},
};

/** What has come since it was listed: the listing began before the door was shut, so that nobody waited for it. */
async function sendNewcomers(
  context: StepContext,
  run: StepRun,
  sent: readonly Record<string, unknown>[],
  answered: WholeCall["answered"],
): Promise<StepResult> {
  const { step } = run;
  const calls = await chosenCalls(context, run);
  if ("result" in calls) return calls.result.outcome === "verified" ? NOTHING_NEW : calls.result;
  const before = new Set(sent.map((input) => JSON.stringify(input)));
  const inputs = calls.inputs.filter((input) => !before.has(JSON.stringify(input)));
  if (inputs.length === 0) return NOTHING_NEW;
  const operation = findOperation(step.operation);
  const results = await Promise.all(
    inputs.map((input) =>
      sendCall(context, { step, operation, input, isFirstRun: true, isRepeatable: true, answered }),
    ),
  );
  return worstOf(results);
}

/** Waits until so many seconds after the steps before it were answered, also when a restart came in between. */
async function waitForTurn(context: StepContext, run: StepRun, seconds: number): Promise<void> {
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
  const seen = step.after.flatMap((id) => run.answeredAt?.(id) ?? []);
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

const KEPT_INPUT_GONE: StepResult = {
  outcome: "failed",
  sentence: "Not sent: what was entered in secret, or the file, cannot be read any more.",
  facts: { advice: "Ask again. It is lost when the Zoom client secret changes in between." },
};

/** The step's input, whole; undefined when a part that was kept apart cannot be had any more. */
async function inputOf(
  context: StepContext,
  { requestId, step }: StepRun,
): Promise<Record<string, unknown> | undefined> {
  const { generated = [] } = step;
  const input = generated.reduce(
    (whole, path) => withValueAt(whole, path, context.makePassword()),
    step.input,
  );
  if (step.kept === undefined) return input;
  try {
    return await context.wholeInput(requestId, step);
  } catch (error) {
    if (error instanceof KeptInputError) return undefined;
    throw error;
  }
}

/** What has changed while the request waited, so that it must not be sent. */
async function hindranceOf(
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
  const spent = await context.quotaFault(operation, target);
  if (spent !== undefined) return refused(spent, "Ask again later.");
  const changed = await context.changedChoice(operation, input, target);
  return changed === undefined ? undefined : refused(changed, "Look at what is there now, and ask again.");
}

/**
 * What the vendor accepted before the crash and nobody can read back: sending it again would show nothing more, and some
 * calls are taken only so many times a day.
 */
function acceptedResult(
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
function toldResult(events: readonly AuditEvent[], run: StepRun): StepResult | undefined {
  const id = `${runId(run.requestId, run.round)}:step:${run.step.id}:finished`;
  const event = events.find((one) => one.type === "step.finished" && one.id === id);
  if (event?.type !== "step.finished") return undefined;
  const { outcome, sentence, facts } = event.data;
  return { outcome, sentence, facts };
}
