import { findPathSegmentFault } from "../catalogue/path-segment.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createHttp } from "./http.ts";
import { OnCallError } from "./on-call-error.ts";
import { askOpsgenie, type OpsgenieSettings } from "./on-call-opsgenie.ts";
import { askPagerDuty, type PagerDutySettings } from "./on-call-pagerduty.ts";
import type { OnCallSchedule } from "./on-call-schedule.ts";

/** Who is on call at this moment. */
export interface OnCall {
  /**
   * E-mail addresses (lower case) of everyone on call at this moment.
   * @throws OnCallError
   */
  whoIsOnCall(schedule: OnCallSchedule): Promise<ReadonlySet<string>>;
}

export interface OnCallOptions {
  pagerDuty?: PagerDutySettings;
  opsgenie?: OpsgenieSettings;
  /** Milliseconds for one attempt; a whole question, with its retries and pages, gets three times as many. */
  timeoutMilliseconds: number;
  /** Told of each question that could not be answered. */
  log?: { warn(facts: { provider: string; schedule: string }, message: string): void };
  clock?: Clock;
}

const attemptsInAll = 3;

/**
 * Makes the one place where providers are asked who is on call. Nothing is remembered between questions; those about
 * one schedule that come while one is under way share its answer.
 */
export function createOnCall({
  pagerDuty,
  opsgenie,
  timeoutMilliseconds,
  log,
  clock = systemClock,
}: OnCallOptions): OnCall {
  const send = createHttp({
    timeout: timeoutMilliseconds,
    // Someone waits for the decision: one more attempt, soon, or none.
    retry: { maxAttempts: 2, firstBackoff: 250, longestBackoff: 250, longestHint: timeoutMilliseconds },
    clock,
  });
  const underWay = new Map<string, Promise<ReadonlySet<string>>>();

  async function ask(schedule: OnCallSchedule): Promise<ReadonlySet<string>> {
    const fault = findPathSegmentFault(schedule.schedule);
    if (fault !== undefined) throw new OnCallError(schedule, `the schedule's id ${fault}`);
    const means = { send, signal: AbortSignal.timeout(timeoutMilliseconds * attemptsInAll) };
    if (schedule.provider === "pagerduty") {
      if (pagerDuty === undefined) throw new OnCallError(schedule, "PAGERDUTY_API_TOKEN is not set");
      return askPagerDuty(means, pagerDuty, schedule, () => clock.now());
    }
    if (opsgenie === undefined) throw new OnCallError(schedule, "OPSGENIE_API_KEY is not set");
    return askOpsgenie(means, opsgenie, schedule);
  }

  async function askAndTell(schedule: OnCallSchedule): Promise<ReadonlySet<string>> {
    try {
      return await ask(schedule);
    } catch (error) {
      if (error instanceof OnCallError) log?.warn({ ...schedule }, error.message);
      throw error;
    }
  }

  return {
    whoIsOnCall({ provider, schedule }) {
      const key = `${provider} ${schedule}`;
      const shared = underWay.get(key);
      if (shared !== undefined) return shared;
      const question = askAndTell({ provider, schedule }).finally(() => underWay.delete(key));
      underWay.set(key, question);
      return question;
    },
  };
}
