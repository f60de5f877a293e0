import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { factsOf } from "../events/outcome-facts.ts";
import { isProven, readBackUntil } from "./read-back.ts";
import type { StepContext } from "./step-context.ts";
import type { StepResult } from "../events/step-result.ts";

/** One call about to be sent, with its input whole. */
export interface WholeCall {
  step: PlanStep;
  operation: Operation;
  input: Record<string, unknown>;
  /** False where a restart came in between, and it may have been sent before. */
  isFirstRun: boolean;
  /** Whether sending it once more does no harm, whatever the operation says of itself. */
  isRepeatable: boolean;
  /** Writes down what was answered. */
  answered: (accepted: boolean, facts: StepResult["facts"]) => Promise<void>;
}

type Reads = Pick<StepContext, "execute" | "clock" | "readBackMilliseconds">;

/** Sends one call, and reads back what became of it. */
export async function sendCall(context: Reads, call: WholeCall): Promise<StepResult> {
  const { step, operation, input, isFirstRun, isRepeatable } = call;
  try {
    await context.execute(operation, input);
  } catch (error) {
    if (!isVendorError(error)) throw error;
    let facts = factsOf(error);
    await call.answered(false, facts);
    if (error.facts.kind === "not_found") {
      // It still showed when this run looked, so the call before the restart has caught up with it; reads may lag.
      if (!isFirstRun && !isRepeatable && (await readBackUntil(context, operation, input)).proven)
        return { outcome: "verified", sentence: "Read back: it took hold.", facts: {} };
      return notFoundAfterLook(context, call, facts);
    }
    // Of whom the vendor says so is not clear: the person may have been gone before.
    if (error.facts.about === "unclear" && (await isProven(context, operation, input)) === "proven")
      return notFound(step, facts);
    if (error.facts.mayHaveHappened && operation.readBack !== undefined) {
      const proof = await readBackUntil(context, operation, input);
      if (proof.proven)
        return {
          outcome: "verified",
          sentence: "The answer was lost, but reading back shows that it took hold.",
          facts,
        };
      // It was read, and is not there.
      if (proof.facts.advice !== undefined || proof.nothingToRead) facts = { ...facts, unknown: true };
    } else if (error.facts.mayHaveHappened) facts = { ...facts, unknown: true };
    const sentence = error.facts.mayHaveHappened
      ? "No clear answer came, and nothing shows that it took hold. Treat it as NOT done."
      : "Refused or not reached. It was NOT done.";
    return { outcome: "failed", sentence, facts };
  }
  await call.answered(true, {});
  return step.doubt === undefined ? proofOf(context, operation, input) : doubted(step.doubt, operation);
}

/** Whether a call is one whose effect is that something is no longer there. */
function removes({ readBack, risk }: Operation, input: Record<string, unknown>): boolean {
  return risk === "irreversible" || readBack?.proves({ found: false }, input) === true;
}

/**
 * How a call ended of which the vendor says that it knows no such thing. After a removal that alone is no word for it
 * being gone: only a look shows that.
 */
async function notFoundAfterLook(
  context: Reads,
  call: WholeCall,
  facts: StepResult["facts"],
): Promise<StepResult> {
  const { step, operation, input } = call;
  if (operation.readBack === undefined || !removes(operation, input)) return notFound(step, facts);
  const seen = await isProven(context, operation, input);
  if (seen === "proven") return notFound(step, facts);
  const vendor = VENDOR_NAMES[operation.vendor];
  return seen === "not_proven"
    ? {
        outcome: "failed",
        sentence: `${vendor} answered “not found”, and still shows what was to be removed. It was NOT done.`,
        facts: { ...facts, advice: `Look at it in the ${vendor} console, and try again.` },
      }
    : {
        outcome: "failed",
        sentence: `${vendor} answered “not found”, and could not be checked afterwards. Treat it as NOT done.`,
        facts: { ...facts, unknown: true },
      };
}

/** What was accepted and may not have met all that was meant is not known to be done. */
function doubted(doubt: string, { vendor }: Operation): StepResult {
  return {
    outcome: "unverified",
    sentence: `The vendor accepted it, but ${doubt} Treat it as NOT done until you have looked.`,
    facts: { unknown: true, advice: `Look at each of them in the ${VENDOR_NAMES[vendor]} console.` },
  };
}

function notFound(step: PlanStep, facts: StepResult["facts"]): StepResult {
  if (step.goneIsFine !== undefined) {
    const { advice: _advice, ...rest } = facts;
    return { outcome: "not_found", sentence: step.goneIsFine, facts: rest };
  }
  return {
    outcome: "not_found",
    sentence: "The vendor does not know this user, so nothing was changed. This is not the same as done.",
    facts,
  };
}

/** What was accepted, where the vendor shows nothing of it. */
export function unprovable({ noReadBack }: Operation): StepResult {
  return {
    outcome: "accepted",
    sentence: `The vendor accepted it. It cannot be proven: ${noReadBack ?? "there is no read-back."}`,
    facts: {},
  };
}

async function proofOf(
  context: Reads,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<StepResult> {
  if (operation.readBack === undefined) return unprovable(operation);
  const proof = await readBackUntil(context, operation, input);
  if (proof.nothingToRead)
    return {
      outcome: "accepted",
      sentence: proof.isDenied
        ? `The vendor accepted it. It cannot be proven: ${proof.sentence}`
        : "The vendor accepted it. When the plan was made, no one Cloudflare Access user was known for this e-mail (there was none, several have it, or Cloudflare could not be asked), so it cannot be read back.",
      facts: {},
    };
  if (proof.proven) return { outcome: "verified", sentence: proof.sentence, facts: {} };
  return {
    outcome: "unverified",
    sentence: `The vendor accepted it, but ${proof.sentence} Treat it as NOT done until you have looked.`,
    facts: {
      ...proof.facts,
      unknown: proof.facts.advice === undefined ? undefined : true,
      advice: proof.facts.advice ?? "Look at this user in the vendor's console.",
    },
  };
}
