import { findOperation } from "../../catalogue/registry.ts";
import type { StepResult } from "../events/step-result.ts";
import { chosenCalls, worstOf, type ChosenCalls } from "./chosen-step.ts";
import { sendCall, type WholeCall } from "./send-step.ts";
import type { StepContext, StepRun } from "./step-context.ts";

/** One call for each thing that was listed, side by side; the step is answered when all of them are. */
export async function sendChosen(
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
  const { againAfter = step.after, how } = step.chosen ?? {};
  const looksAgain = how === "each" && againAfter.length > 0;
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
  await run.answered(step.chosen?.againAfter ?? []);
  const calls = await chosenCalls(context, run);
  if ("result" in calls) {
    if (calls.result.outcome === "verified") return NOTHING_NEW;
    // All that was listed before was reached. Doubt about what began in the moment between is said, and is no failure.
    return calls.isRefused === true ? listedNoMore(calls.result) : calls.result;
  }
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

function listedNoMore({ facts: { advice } }: StepResult): StepResult {
  return {
    outcome: "accepted",
    sentence:
      "All that was listed was ended. What began in between is not known, because the vendor refused to list it again.",
    facts: { advice },
  };
}
