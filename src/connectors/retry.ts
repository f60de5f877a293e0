/** How one attempt ended: an HTTP answer, or why there was none. */
export type AttemptEnd = { status: number } | { failure: "timeout" | "connection" | "unreadable" };

/** How patient a call is. */
export interface RetryRules {
  /** All attempts together. */
  maxAttempts: number;
  /** Milliseconds; the first wait is at most this, each later one at most twice the one before. */
  firstBackoff: number;
  /** Milliseconds; the longest wait of our own choosing. */
  longestBackoff: number;
  /** Milliseconds; when the vendor asks for a longer wait than this, the call gives up at once. */
  longestHint: number;
}

export const defaultRetryRules: RetryRules = {
  maxAttempts: 3,
  firstBackoff: 500,
  longestBackoff: 8_000,
  longestHint: 20_000,
};

function isWorthRepeating(end: AttemptEnd, repeatable: boolean): boolean {
  // A 429 refused the call before anything happened, so even a call that must not happen twice may go again.
  if ("status" in end) return end.status === 429 || (repeatable && end.status >= 500);
  return repeatable && end.failure !== "unreadable";
}

/**
 * Whether and when to try again: milliseconds to wait, or undefined to leave it at this.
 * @param attempt the attempt that ended, from 1
 * @param repeatable whether sending the call twice has the effect of sending it once
 * @param hint milliseconds the vendor asked for, if it did
 * @param random a number from 0 up to 1: without a hint the wait is anything up to the backoff (full jitter), with one
 *   it comes a little later, so that callers who were refused together do not return together
 */
export function nextAttemptAfter(
  rules: RetryRules,
  {
    end,
    attempt,
    repeatable,
    hint,
    random,
  }: { end: AttemptEnd; attempt: number; repeatable: boolean; hint: number | undefined; random: number },
): number | undefined {
  if (attempt >= rules.maxAttempts || !isWorthRepeating(end, repeatable)) return undefined;
  if (hint === undefined)
    return random * Math.min(rules.longestBackoff, rules.firstBackoff * 2 ** (attempt - 1));
  return hint > rules.longestHint ? undefined : hint + (random * rules.firstBackoff) / 2;
}
