import { isVendorError } from "../../connectors/vendor-error.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { revokedOfStep, type RevokedSince } from "./revoked-since.ts";
import { factsOf } from "../events/outcome-facts.ts";
import { changedSentence, stateOfValue, type OwnChange, type ReleaseValues } from "./values.ts";
import type { StepResult } from "../events/step-result.ts";
import type { StillSo } from "../step/left-alone.ts";

export interface StillSoContext {
  /** What other requests have taken away since. */
  keptAway(): Promise<RevokedSince>;
  /**
   * What the step would change, as it is now; undefined where nothing can be compared.
   * @throws VendorError, or WrongPersonError where the ids are someone else's by now
   */
  values(): Promise<ReleaseValues | undefined>;
  /** What earlier steps of this release have changed of each value, by its key. */
  ownChanges(): Promise<(key: string) => OwnChange[]>;
}

/** The person behind the ids is another one than was approved. */
export class WrongPersonError extends Error {
  override readonly name = "WrongPersonError";
}

/**
 * Looks, right before a step of a release is sent, whether what it changes is still as its plan shows it. What someone
 * changed since is not overwritten, and what another request took away stays away.
 */
export async function stillSo(context: StillSoContext, step: PlanStep): Promise<StillSo> {
  const away = revokedOfStep(await context.keptAway(), step);
  if (away.all !== undefined) return leftAlone(`${away.all}.`);
  let values: ReleaseValues | undefined;
  try {
    values = await context.values();
  } catch (error) {
    if (error instanceof WrongPersonError) return { kind: "ended", result: wrongPerson(error.message) };
    if (!isVendorError(error)) throw error;
    return { kind: "ended", result: notLookedAt(factsOf(error), error.facts.kind === "not_found") };
  }
  if (values === undefined) return { kind: "send", input: step.input };
  const own = await context.ownChanges();
  const left = new Map<string, string>();
  let isAnyToSend = false;
  for (const value of values.values) {
    const { key, title } = value;
    const why = away.values.get(key);
    const state = stateOfValue(value, own(key));
    if (why !== undefined) left.set(key, `${title}: ${why}.`);
    else if (state === "changed") left.set(key, changedSentence(value));
    else if (state === "as_planned") isAnyToSend = true;
  }
  const told = [...left.values()].join(" ");
  if (!isAnyToSend) return left.size === 0 ? { kind: "ended", result: ALREADY_SO } : leftAlone(told);
  if (left.size === 0) return { kind: "send", input: step.input };
  return { kind: "send", input: values.without(new Set(left.keys())), leftAlone: told };
}

const ALREADY_SO: StepResult = {
  outcome: "verified",
  sentence: "It is as it should be already, so nothing more was sent.",
  facts: {},
};

function leftAlone(why: string): StillSo {
  const sentence = `Not sent, and left as it is: ${why}`;
  return { kind: "ended", result: { outcome: "skipped", sentence, facts: { changedSince: true } } };
}

function wrongPerson(who: string): StepResult {
  return {
    outcome: "failed",
    sentence: `Not sent: this Zoom id now belongs to ${who}.`,
    facts: { advice: "Find out who changed the Zoom user since, then ask for a new release." },
  };
}

function notLookedAt(facts: StepResult["facts"], isGone: boolean): StepResult {
  return isGone
    ? { outcome: "not_found", sentence: "Not sent: the vendor does not know this user any more.", facts }
    : {
        outcome: "failed",
        sentence:
          "Not sent: it could not be checked whether somebody has changed it since this was asked for.",
        facts,
      };
}
