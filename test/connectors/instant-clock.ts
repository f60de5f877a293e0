import type { Clock } from "../../src/connectors/clock.ts";

export interface InstantClock extends Clock {
  /** Milliseconds of every sleep so far. */
  readonly sleeps: number[];
  advance(milliseconds: number): void;
}

/** A clock on which sleeping takes no time at all, but time has passed afterwards. */
export function createInstantClock(start = Date.UTC(2026, 0, 5, 12)): InstantClock {
  let time = start;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      sleeps.push(milliseconds);
      // Whatever was due before the sleep has its turn before time moves on.
      await new Promise(setImmediate);
      signal?.throwIfAborted();
      time += milliseconds;
    },
  };
}
