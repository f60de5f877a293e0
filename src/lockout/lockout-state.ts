import type { AuditEvent } from "../audit/event.ts";
import type { DoorsPlan } from "./doors.ts";
import { phaseOf } from "./ended-steps.ts";
import { missingSentences } from "./no-account-words.ts";
import { verdictOf, type Verdict } from "./verdict.ts";

/** Where a lockout is, in the words of every surface: its verdict, or why nothing has been done, or that it was released. */
export interface LockoutState extends Omit<Verdict, "kind"> {
  kind: Verdict["kind"] | "waiting" | "starting" | "ended_unbegun" | "released";
}

/** Of requests whose run has not begun, by their state. */
const NOT_BEGUN: Readonly<Record<string, Pick<LockoutState, "kind" | "sentence">>> = {
  pending: { kind: "waiting", sentence: "Waiting for approval. Nothing was done yet." },
  scheduled: { kind: "waiting", sentence: "Scheduled. Nothing was done yet." },
  approved: { kind: "starting", sentence: "Approved, starting. Nothing was done yet." },
  running: { kind: "starting", sentence: "Starting. Nothing was done yet." },
  denied: { kind: "ended_unbegun", sentence: "Denied. Nothing was done." },
  expired: { kind: "ended_unbegun", sentence: "Expired without a decision. Nothing was done." },
  cancelled: { kind: "ended_unbegun", sentence: "Cancelled. Nothing was done." },
};

const ENDED_UNBEGUN = {
  kind: "ended_unbegun",
  sentence: "Ended before it began. Nothing was done.",
} as const;

/**
 * The one state of a lockout that the root message, thread, watch window, direct messages and summary speak from.
 * What was begun is told by what happened, whatever the state of the request says.
 */
export function lockoutState(
  { state, plan }: { state: string; plan: DoorsPlan },
  events: readonly AuditEvent[],
): LockoutState {
  const verdict = verdictOf(plan, events);
  if (events.some(({ type }) => type === "lockout.released"))
    return { ...verdict, kind: "released", sentence: `Released. Before that: ${verdict.sentence}` };
  if (phaseOf(events) !== "not_begun") return verdict;
  const { kind, sentence } = NOT_BEGUN[state] ?? ENDED_UNBEGUN;
  return { ...verdict, kind, sentence: [sentence, ...missingSentences(verdict.doors)].join(" ") };
}
