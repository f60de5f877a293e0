import type { Click, ClickResult, RequestDeps } from "../../src/deps/decision.ts";
import type { Refusal } from "../../src/deps/refusal.ts";
import { refusalText, unreadable } from "../blocks/refusal.ts";
import { escapeAroundPeople, moment } from "../blocks/text.ts";
import { parseButtonValue } from "./buttons.ts";

export const UNREADABLE: Refusal = {
  rule: "a button must name its request",
  reason: unreadable("button"),
};

const NOT_ENROLLED: Refusal = {
  rule: "this approval needs a one-time password",
  reason: "You have none set up, so your approval was not recorded.",
  next: "Set one up with `/deadbolt second-factor`. It counts for what is asked for after that; this request needs somebody who had one before.",
};

type Recorded = Extract<ClickResult, { kind: "recorded" }>;

/** What a form keeps of the press that opened it. */
export interface Pressed {
  /** The button's value. */
  value: string;
  channel: string;
}

/** Decides about the request that a button's value names; where it names none, nothing is done. */
export async function decide(
  deps: RequestDeps,
  value: string | undefined,
  decision: Omit<Click, "requestId" | "planHash">,
): Promise<ClickResult> {
  const named = parseButtonValue(value);
  return named === undefined
    ? { kind: "refused", refusal: UNREADABLE }
    : deps.decide({ ...decision, requestId: named.request, planHash: named.plan });
}

/** What the person who pressed is told: only what the press itself did, the message tells the rest. */
export function recordedText(verdict: Click["verdict"], result: Recorded): string {
  if (verdict === "deny") return "Your denial is recorded. Nothing will be done.";
  return result.state === "pending"
    ? `Your approval is recorded. ${escapeAroundPeople(result.missing)}`
    : "Your approval is recorded. The steps are starting.";
}

/** Why nothing was recorded, for wherever no field is there to stand next to. */
export function unrecordedText(result: Exclude<ClickResult, Recorded>): string {
  switch (result.kind) {
    case "refused":
      return refusalText(result.refusal);
    case "needs_code":
      return result.isEnrolled
        ? ":no_entry: This approval needs a one-time password, and the window to type it in did not open. Nothing was recorded. Press again."
        : refusalText(NOT_ENROLLED);
    default:
      return `:no_entry: ${codeFault(result)}`;
  }
}

function codeFault({ message, lockedUntil }: Extract<ClickResult, { kind: "wrong_code" }>): string {
  return lockedUntil === undefined ? message : `${message} Try again after ${moment(lockedUntil)}.`;
}
