import { findOperation } from "../../catalogue/registry.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { RunSummary } from "../events/run-events.ts";
import type { StepResult } from "../events/step-result.ts";

/** Whether a step ended as well as it could. */
function isGood(step: PlanStep, result: StepResult): boolean {
  if (result.outcome === "verified" || result.outcome === "accepted") return true;
  // What someone has changed since is theirs: all that may be done is done.
  if (result.outcome === "skipped" && result.facts.changedSince === true) return true;
  return result.outcome === "not_found" && step.goneIsFine !== undefined;
}

/** The state of the whole and the one sentence that says it; pure, and never better than the worst step. */
export function summarise(ended: readonly { step: PlanStep; result: StepResult }[]): RunSummary {
  const bad = ended.filter(({ step, result }) => !isGood(step, result));
  const changes = ended.filter(({ step }) => findOperation(step.operation).risk !== "read");
  const count = (outcome: StepResult["outcome"]) =>
    ended.filter(({ result }) => result.outcome === outcome).length;
  const accepted = count("accepted");
  const unprovable =
    accepted === 0
      ? ""
      : ` ${accepted} accepted by the vendor, which offers no way to prove ${accepted === 1 ? "it" : "them"}.`;
  const left = ended.filter(({ result }) => result.facts.changedSince === true).length;
  const leftAlone =
    left === 0
      ? ""
      : ` ${left} ${left === 1 ? "was" : "were"} left as it is now, in whole or in part, because somebody changed that since.`;
  const proven = `${count("verified")} of ${ended.length} steps verified.${unprovable}${leftAlone}`;
  if (bad.length === 0) return { state: "done", sentence: proven };
  if (bad.some(({ result }) => result.wrongPerson))
    return {
      state: "failed",
      sentence:
        "Stopped before any change: Zoom no longer shows the person who was approved. Nothing was done.",
    };
  const list = bad
    .map(({ step, result }) => `${step.title} (${result.outcome.replace("_", " ")})`)
    .join("; ");
  const rest = `Not done: ${list}. See each step for what to do.`;
  if (changes.some(({ step, result }) => isGood(step, result)))
    return { state: "partly_done", sentence: `${proven} ${rest}` };
  // What the vendor accepted and nobody could read back may have taken hold after all.
  const none = count("unverified") === 0 ? "Nothing took hold." : "Nothing is proven to have taken hold.";
  return { state: "failed", sentence: `${none} ${rest}` };
}
