import type { Clock } from "./clock.ts";
import type { RateWindow } from "./rate.ts";

interface Waiter {
  priority: number;
  admit: () => void;
}

/** A clock that never goes back: set back by an hour, calls of "the future" would block all others for an hour. */
function createSteadyTime(clock: Clock): () => number {
  let ahead = 0;
  let latest = -Infinity;
  return () => {
    const now = clock.now() + ahead;
    if (now < latest) ahead += latest - now;
    latest = Math.max(latest, now);
    return latest;
  };
}

/** Lets callers wait until a window has room for them: by priority, then in the order in which they came. */
export function createRateQueue(
  rates: RateWindow,
  clock: Clock,
): (priority: number, signal?: AbortSignal) => Promise<void> {
  const now = createSteadyTime(clock);
  const waiters: Waiter[] = [];
  let alarm: { due: number; sleep: AbortController } | undefined;

  /** Only the first one counts: whoever comes after it is due no sooner. */
  function admitAllDue(): void {
    for (let first = waiters[0]; first !== undefined; first = waiters[0]) {
      const time = now();
      const due = rates.dueAt(first.priority);
      if (due > time) {
        setAlarm(due, time);
        return;
      }
      rates.count(first.priority, time);
      waiters.shift();
      first.admit();
    }
    dropAlarm();
  }

  function dropAlarm(): void {
    alarm?.sleep.abort();
    alarm = undefined;
  }

  function setAlarm(due: number, time: number): void {
    if (alarm?.due === due) return;
    // Another one is first now, and its moment is not that of the one before.
    dropAlarm();
    const mine = { due, sleep: new AbortController() };
    alarm = mine;
    void sleepUntilRung(mine, due - time);
  }

  async function sleepUntilRung(mine: { sleep: AbortController }, milliseconds: number): Promise<void> {
    try {
      await clock.sleep(Math.ceil(milliseconds), mine.sleep.signal);
    } catch (error) {
      if (mine.sleep.signal.aborted) return;
      throw error;
    }
    if (alarm !== mine) return;
    alarm = undefined;
    admitAllDue();
  }

  function enqueue(waiter: Waiter): void {
    const ahead = waiters.findLastIndex(({ priority }) => priority <= waiter.priority);
    waiters.splice(ahead + 1, 0, waiter);
    admitAllDue();
  }

  return async function acquire(priority, signal) {
    signal?.throwIfAborted();
    const turn = Promise.withResolvers<void>();
    const waiter: Waiter = { priority, admit: turn.resolve };
    function leave(): void {
      const place = waiters.indexOf(waiter);
      if (place === -1) return;
      waiters.splice(place, 1);
      turn.reject(signal?.reason);
      admitAllDue();
    }
    signal?.addEventListener("abort", leave, { once: true });
    enqueue(waiter);
    try {
      await turn.promise;
    } finally {
      signal?.removeEventListener("abort", leave);
    }
  };
}
