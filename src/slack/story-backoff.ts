import type { Logger } from "pino";
import { slackErrorCode } from "./slack-error.ts";
import { retryAfterOf } from "./slack-patience.ts";

const LONGEST_WAIT_MILLISECONDS = 60_000;

/** When a request's story may be tried again that Slack did not take. */
export interface StoryBackoff {
  isWaiting(requestId: string): boolean;
  /** All that wait now. */
  waiting(): string[];
  succeeded(requestId: string): void;
  /** Waits as long as Slack asks for, or twice as long as the last time. */
  failed(requestId: string, error: unknown): void;
}

export function createStoryBackoff(now: () => number, log: Logger): StoryBackoff {
  const notBefore = new Map<string, { at: number; failures: number }>();
  return {
    isWaiting: (requestId) => (notBefore.get(requestId)?.at ?? 0) > now(),
    waiting: () => [...notBefore].filter(([, { at }]) => at > now()).map(([requestId]) => requestId),
    succeeded: (requestId) => void notBefore.delete(requestId),
    failed(requestId, error) {
      const failures = (notBefore.get(requestId)?.failures ?? 0) + 1;
      const asked = retryAfterOf(error);
      const wait = asked ?? Math.min(500 * 2 ** failures, LONGEST_WAIT_MILLISECONDS);
      notBefore.set(requestId, { at: now() + wait, failures });
      const code = slackErrorCode(error);
      if (asked !== undefined) log.debug({ requestId, wait }, "Slack asked to wait");
      else log.warn({ requestId, slack: code, wait }, "could not tell Slack; trying again");
    },
  };
}
