import { setTimeout as sleepFor } from "node:timers/promises";

/** Time as the connectors use it; tests bring their own. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Resolves after this many milliseconds; rejects as soon as `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }),
};

/** Waits for a promise that others share, and stops waiting, with the signal's reason, when `signal` aborts. */
export async function waitUnlessAborted<Value>(
  promise: Promise<Value>,
  signal?: AbortSignal,
): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
