import { addMinutes } from "date-fns/addMinutes";
import { matchingStep } from "./totp.ts";

/** From so many wrong codes in a row on, each locks. */
const FAILURES_TO_LOCK = 5;
const LOCK_MINUTES = 15;

/** What became of a code. `locked` says until when no code is looked at. */
export type CodeAnswer = { ok: true; enrolledAt: Date } | CodeRefusal;

export interface CodeRefusal {
  ok: false;
  reason: "not_enrolled" | "wrong" | "used" | "locked" | "unreadable";
  lockedUntil?: Date;
}

/** What is remembered of the codes that someone typed. */
export interface CodeHistory {
  enrolledAt: Date;
  /** The step whose code was used last. */
  lastStep: number;
  /** Wrong codes since the last right one. */
  failures: number;
  lockedUntil: Date | null;
}

/** Until when no code is looked at, where that is still to come. */
export function lockAt(history: CodeHistory, at: Date): CodeRefusal | undefined {
  const { lockedUntil } = history;
  if (lockedUntil === null || at.getTime() >= lockedUntil.getTime()) return undefined;
  return { ok: false, reason: "locked", lockedUntil };
}

/**
 * Whether a typed code is good, and what is to be remembered then. Only a right code forgets the wrong ones before it:
 * after a lock, the next wrong one locks again. A code that was right but is used up counts as neither.
 */
export function judgeCode<History extends CodeHistory>(
  history: History,
  secret: string,
  typed: string,
  at: Date,
): { answer: CodeAnswer; history: History } {
  const lock = lockAt(history, at);
  if (lock !== undefined) return { answer: lock, history };
  const step = matchingStep(secret, typed, at);
  if (step === undefined) return wrong(history, at);
  if (step <= history.lastStep) return { answer: { ok: false, reason: "used" }, history };
  return {
    answer: { ok: true, enrolledAt: history.enrolledAt },
    history: { ...history, lastStep: step, failures: 0, lockedUntil: null },
  };
}

function wrong<History extends CodeHistory>(
  history: History,
  at: Date,
): { answer: CodeAnswer; history: History } {
  const failures = history.failures + 1;
  if (failures < FAILURES_TO_LOCK)
    return { answer: { ok: false, reason: "wrong" }, history: { ...history, failures } };
  const lockedUntil = addMinutes(at, LOCK_MINUTES);
  return {
    answer: { ok: false, reason: "locked", lockedUntil },
    history: { ...history, failures, lockedUntil },
  };
}
