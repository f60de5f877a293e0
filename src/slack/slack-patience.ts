import type { Patience } from "../concurrency/patience.ts";
import { slackErrorCode } from "./slack-error.ts";
import { isLimit, isTokenTrouble } from "./slack-advice.ts";

/** Slack's first pause after a fault of its own; each is twice as long as the one before. */
const FIRST_PAUSE_MILLISECONDS = 500;

/** Milliseconds that Slack asks to wait; undefined where it does not. */
export function retryAfterOf(error: unknown): number | undefined {
  const { retryAfter } = error as { retryAfter?: unknown };
  return typeof retryAfter === "number" ? retryAfter * 1_000 : undefined;
}

/** Slack asked for a pause that is not over, so it is not asked at all. */
export class PauseError extends Error {
  override readonly name = "PauseError";
  /** Seconds, as in Slack's own answer. */
  readonly retryAfter: number;
  readonly data = { error: "ratelimited" };

  /** @param what Slack takes no more of, as in "messages in this channel" */
  constructor(milliseconds: number, what: string) {
    super(`Slack takes no more ${what} for now.`);
    this.retryAfter = milliseconds / 1_000;
  }
}

/** The person who acts waits this long: what opened a form, or sent it, is good for three seconds. */
export const ORDINARY: Patience = {
  milliseconds: 2_000,
  pauseAfter: (error) => retryAfterOf(error),
};

/** A lockout waits longer before it says no, and asks again also where Slack is in trouble of its own. */
export const URGENT: Patience = {
  milliseconds: 10_000,
  pauseAfter(error, attempt) {
    const code = slackErrorCode(error);
    if (isLimit(code)) return retryAfterOf(error) ?? FIRST_PAUSE_MILLISECONDS;
    return isTokenTrouble(code) ? undefined : FIRST_PAUSE_MILLISECONDS * 2 ** attempt;
  },
};
