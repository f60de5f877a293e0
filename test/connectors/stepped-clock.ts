import type { Clock } from "../../src/connectors/clock.ts";

export interface SteppedClock {
  clock: Clock;
  /** Moves time on, stopping at every moment at which a sleeper is due, until all that follows has happened. */
  advance: (milliseconds: number) => Promise<void>;
  /** Sets the time without anybody waking, as someone does who corrects a clock. */
  set: (time: number) => void;
  /** How many are asleep. */
  asleep: () => number;
}

interface Sleeper {
  at: number;
  wake: () => void;
}

/** A clock that stands still until time is moved on by hand. What counts sleep does not see when it is set. */
export function createSteppedClock(start = 0): SteppedClock {
  let time = start;
  // Sleeping is by a clock of its own that nobody sets, as timers are.
  let elapsed = 0;
  const sleepers: Sleeper[] = [];

  function moveTo(moment: number): void {
    time += moment - elapsed;
    elapsed = moment;
  }

  const clock: Clock = {
    now: () => time,
    sleep: (milliseconds, signal) => {
      const slept = Promise.withResolvers<void>();
      const sleeper: Sleeper = { at: elapsed + milliseconds, wake: slept.resolve };
      sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        const place = sleepers.indexOf(sleeper);
        if (place !== -1) sleepers.splice(place, 1);
        slept.reject(signal.reason);
      });
      return slept.promise;
    },
  };

  return {
    clock,
    async advance(milliseconds) {
      const end = elapsed + milliseconds;
      await new Promise(setImmediate);
      for (;;) {
        const next = sleepers.toSorted((left, right) => left.at - right.at)[0];
        if (next === undefined || next.at > end) break;
        sleepers.splice(sleepers.indexOf(next), 1);
        moveTo(next.at);
        next.wake();
        await new Promise(setImmediate);
      }
      moveTo(end);
    },
    set: (moment) => {
      time = moment;
    },
    asleep: () => sleepers.length,
  };
}
