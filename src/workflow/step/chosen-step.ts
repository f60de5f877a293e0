import { withValueAt } from "../../catalogue/field-path.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Choice, Known } from "../../catalogue/known.ts";
import { findOperation } from "../../catalogue/registry.ts";
import { faultText, isVendorError } from "../../connectors/vendor-error.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { readChoices } from "./read-choices.ts";
import type { StepContext, StepRun } from "./step-context.ts";
import type { StepResult } from "../events/step-result.ts";

/** The calls that a step makes for what the vendor lists as the person's own; or how the step ends without any. */
export type ChosenCalls =
  | { inputs: Record<string, unknown>[] }
  /** `isRefused`: the vendor answered, and lists nothing to us, as Zoom does once the person's licence is gone. */
  | { result: StepResult; isRefused?: boolean };

/** The most that one step does to one person's things. */
const MOST = 100;

/**
 * Lists what is the person's own now. Nothing listed is nothing to send: a vendor may take an empty list for
 * everything there is. What was listed is kept, so that it can be given back.
 */
export async function chosenCalls(
  context: Pick<StepContext, "execute" | "known" | "snapshots">,
  run: Pick<StepRun, "requestId" | "step" | "target">,
): Promise<ChosenCalls> {
  const { step } = run;
  const { chosen } = step;
  const operation = findOperation(step.operation);
  const choices = chosen === undefined ? undefined : operation.choices?.[chosen.path];
  if (chosen === undefined || choices === undefined)
    throw new TypeError(`${step.operation} has nothing to choose from for the step ${step.id}.`);
  let isRefused = false;
  const readingOf =
    (execute: StepContext["execute"]): StepContext["execute"] =>
    (...call) =>
      execute(...call).catch((error: unknown) => {
        isRefused = isVendorError(error) && error.facts.kind === "refused";
        throw error;
      });
  const asked = context.known(run.target);
  // What Zoom does not answer holds up nothing at Cloudflare.
  const known = operation.vendor === "zoom" ? await knownForSure(context.execute, asked) : asked;
  const listed =
    typeof known === "string" ? known : await readChoices(readingOf(context.execute), choices, known, true);
  if (typeof listed === "string")
    return {
      isRefused,
      result: {
        outcome: "failed",
        sentence: `Not sent: what is theirs is not known. ${listed}`,
        facts: {
          advice: "Look at this person in the vendor's console, and end there what is open.",
          unknown: true,
        },
      },
    };
  await context.snapshots.keep(run.requestId, step.id, operation.vendor, {
    listed: listed.map(({ value, title }) => ({ value, title })),
  });
  if (listed.length === 0)
    return { result: { outcome: "verified", sentence: "There was none, so nothing was sent.", facts: {} } };
  if (listed.length > MOST)
    return {
      result: {
        outcome: "failed",
        sentence: `Not sent: the vendor lists ${listed.length}, which is more than one step takes.`,
        facts: { advice: "End them in the vendor's console." },
      },
    };
  return { inputs: inputsOf(operation, step, chosen, listed) };
}

/** The same with the Zoom user's id, where the person goes by the address so far; or why that cannot be had. */
async function knownForSure(execute: StepContext["execute"], known: Known): Promise<Known | string> {
  const { zoomUserId, email } = known;
  if (zoomUserId?.includes("@") !== true) return known;
  try {
    const user = (await execute(findOperation("zoom.user.get"), { userId: zoomUserId })) as {
      id?: string | null;
      email: string;
    };
    return user.id && user.email.toLowerCase() === email
      ? { ...known, zoomUserId: user.id }
      : "Zoom answered about somebody else.";
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return faultText(error.facts);
  }
}

function inputsOf(
  operation: Operation,
  step: PlanStep,
  { path, how }: NonNullable<PlanStep["chosen"]>,
  listed: readonly Choice[],
): Record<string, unknown>[] {
  const input = (value: unknown, also: Readonly<Record<string, unknown>> = {}) =>
    Object.entries(also).reduce(
      (whole, [name, more]) => withValueAt(whole, name, more),
      withValueAt(step.input, path, value),
    );
  if (how === "all") return [input(listed.map(({ value }) => value))];
  // One field takes a list of one, another the thing itself.
  return listed.map(({ value, with: also }) => {
    const single = input(value, also);
    return operation.input.safeParse(single).success ? single : input([value], also);
  });
}

/**
 * What became of a step that goes by a list, as far as the list goes: where the vendor leaves something out of it, that
 * all of it is done proves nothing of what it left out.
 */
export function asFarAsListed({ step }: Pick<StepRun, "step">, result: StepResult): StepResult {
  const { chosen } = step;
  const omits =
    chosen === undefined ? undefined : findOperation(step.operation).choices?.[chosen.path]?.omits;
  return omits === undefined || result.outcome !== "verified"
    ? result
    : { ...result, outcome: "accepted", sentence: `${result.sentence} More cannot be proven: ${omits}` };
}

/** From best to worst. */
const ORDER = ["verified", "accepted", "not_found", "unverified", "failed"] as const;

/** How several calls of one step ended together: never better than the worst of them. */
export function worstOf(results: readonly StepResult[]): StepResult {
  const rank = ({ outcome }: StepResult) => ORDER.indexOf(outcome as (typeof ORDER)[number]);
  const worst = results.toSorted((one, other) => rank(other) - rank(one))[0];
  if (worst === undefined) throw new TypeError("A step that made no call has no result.");
  if (results.length === 1) return worst;
  const good = results.filter(({ outcome }) => outcome === "verified" || outcome === "accepted").length;
  return { ...worst, sentence: `${good} of ${results.length} done. ${worst.sentence}` };
}
