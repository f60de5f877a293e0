import { type Clock, systemClock } from "./clock.ts";
import { sendOnce, type HttpRequest, type OnceLimits, type OnceResult } from "../http-attempt.ts";
import { defaultRetryRules, nextAttemptAfter, type RetryRules } from "./retry.ts";
import type { Exclusively } from "./serialise.ts";
import { readRetryHint } from "./retry-after.ts";

/** One attempt as an observer hears of it, for live reports. */
export interface AttemptReport {
  /** From 1. */
  attempt: number;
  status?: number;
  failure?: "timeout" | "connection" | "unreadable";
  milliseconds: number;
  willRetryAfterMilliseconds?: number;
}

/** How a call ended after all its attempts. */
export type HttpResult = OnceResult & {
  attempts: number;
  /** It writes, and some attempt may have reached the vendor without an answer that told what it did. */
  unsettled: boolean;
  /** Unix milliseconds before which the vendor answers nothing, where it said so. */
  retryAt?: number;
};

export interface HttpOptions {
  /** Milliseconds for one attempt, from connecting to the last byte of the body; a file gets more by its length. */
  timeout?: number;
  maxBodyBytes?: number;
  retry?: Partial<RetryRules>;
  clock?: Clock;
  /** From 0 up to 1. */
  random?: () => number;
}

export interface SendOptions {
  /** Whether it changes anything at the vendor. */
  writes: boolean;
  /** Whether sending it twice has the effect of sending it once. */
  repeatable: boolean;
  /** False: the status of a success says everything and its body is not read. */
  needsBody: boolean;
  /** Waited for before each attempt: the rate limit. */
  beforeAttempt?: () => Promise<void>;
  /** Each attempt waits for its turn: only one of several is on the wire. */
  inTurn?: Exclusively | undefined;
  onAttempt?: (report: AttemptReport) => void;
  signal?: AbortSignal;
}

/** A megabit a second: with less, a file counts as not getting through. */
const slowestUploadBytesPerMillisecond = 125;

export type SendHttp = (request: HttpRequest, options: SendOptions) => Promise<HttpResult>;

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function leavesOpen(result: OnceResult): boolean {
  if (result.kind === "answer") return result.status >= 500 || (result.status >= 300 && result.status < 400);
  return result.reached;
}

/**
 * Makes the one function through which every vendor call goes: attempts with a time limit, retries only where they
 * are safe, and an account of what may have happened. The function throws only the reason of a signal that aborted
 * before anything was left open; every other end is in its result.
 */
export function createHttp(options: HttpOptions = {}): SendHttp {
  const { timeout = 10_000, maxBodyBytes = 1024 * 1024, clock = systemClock, random = Math.random } = options;
  const rules = { ...defaultRetryRules, ...options.retry };

  return async function send(
    request,
    { writes, repeatable, needsBody, beforeAttempt, inTurn, onAttempt, signal },
  ) {
    const uploadTime = Math.ceil((request.uploadBytes ?? 0) / slowestUploadBytesPerMillisecond);
    const limits: OnceLimits = { timeout: timeout + uploadTime, maxBodyBytes };
    let unsettled = false;
    for (let attempt = 1; ; attempt += 1) {
      await unlessAborted(beforeAttempt?.(), signal);
      if (isAborted(signal)) {
        if (!unsettled) throw signal?.reason;
        return { kind: "connection", reason: "cancelled", reached: true, attempts: attempt - 1, unsettled };
      }
      let startedAt = clock.now();
      const sendNow = (): Promise<OnceResult> => {
        startedAt = clock.now();
        return sendOnce(request, { needsBody, limits, signal });
      };
      const result = await cancelledByAbort(inTurn?.(sendNow) ?? sendNow(), signal);
      const endedAt = clock.now();
      unsettled ||= writes && leavesOpen(result);
      if (isAborted(signal) && !unsettled) throw signal?.reason;
      const hint =
        result.kind === "answer" ? readRetryHint(result.status, result.headers, endedAt) : undefined;
      const end = result.kind === "answer" ? { status: result.status } : { failure: result.kind };
      const wait = nextAttemptAfter(rules, { end, attempt, repeatable, hint, random: random() });
      onAttempt?.({
        attempt,
        ...end,
        milliseconds: endedAt - startedAt,
        willRetryAfterMilliseconds: wait,
      });
      if (wait === undefined || isAborted(signal))
        return {
          ...result,
          attempts: attempt,
          unsettled,
          ...(hint === undefined ? {} : { retryAt: endedAt + hint }),
        };
      await unlessAborted(clock.sleep(wait, signal), signal);
    }
  };
}

/** An attempt that an abort kept from its turn was never sent. */
async function cancelledByAbort(
  attempt: Promise<OnceResult>,
  signal: AbortSignal | undefined,
): Promise<OnceResult> {
  try {
    return await attempt;
  } catch (error) {
    if (!isAborted(signal)) throw error;
    return { kind: "connection", reason: "cancelled", reached: false };
  }
}

/** Waits, and takes an abort for an ordinary end of the wait: the loop looks at the signal itself. */
async function unlessAborted(
  wait: Promise<void> | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await wait;
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}
