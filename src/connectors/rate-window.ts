import type { RateLimit, RateWindow } from "./rate.ts";

/** Priority 0: it takes someone's access away, and uses all that the vendor allows. */
const isLockout = (priority: number): boolean => priority < 1;

/** What is left for everything but lockouts: three quarters, and never all of it where there is more than one. */
function withoutReserve(requests: number): number {
  return requests - (requests > 1 ? Math.max(1, Math.floor(requests / 4)) : 0);
}

/** The moments of the last calls, no more of them than are ever asked for. */
function createRing(size: number) {
  // It grows as it is used: a great limit that is never reached costs nothing.
  const moments: number[] = [];
  let next = 0;
  return {
    add(moment: number): void {
      moments[next] = moment;
      next = (next + 1) % size;
    },
    /** When the call went that has `calls - 1` after it. */
    last: (calls: number): number => moments[(next - calls + size) % size] ?? -Infinity,
  };
}

/**
 * Spreads calls evenly, after a few at once. What goes in one window, with a full bucket at its beginning, never is
 * more than `requests`.
 */
function createBucket(requests: number, window: number) {
  const capacity = Math.min(50, Math.max(1, Math.floor(requests / 4)));
  const millisecondsPerCall = window / (requests - capacity + 1);
  // A bucket, told by when it will be full again: one number says all that tokens and the time of counting would.
  let fullAt = -Infinity;
  return {
    // To the millisecond, as clocks count: what the sums lose in their last digit must keep nobody.
    dueAt: (): number => Math.round(fullAt - (capacity - 1) * millisecondsPerCall),
    take(now: number): void {
      fullAt = Math.max(fullAt, now) + millisecondsPerCall;
    },
  };
}

/**
 * Counts by sliding windows: in none of them, wherever it begins, are more calls than its limit allows. Lockouts may
 * use it up at once. All others leave a quarter of it free, counting everything that went, so that a lockout finds
 * room whatever bulk work is going on; and they are spread, so that they do not come in bursts.
 * @param limits all of them hold; the first one is what the spreading follows
 */
export function createRateWindow(limits: readonly [RateLimit, ...RateLimit[]]): RateWindow {
  const ring = createRing(Math.max(...limits.map(({ requests }) => requests)));
  const [{ requests, window }] = limits;
  const bucket = createBucket(withoutReserve(requests), window);
  const roomAt = (allowed: (requests: number) => number): number =>
    Math.max(...limits.map(({ requests, window }) => ring.last(allowed(requests)) + window));

  return {
    dueAt: (priority) =>
      isLockout(priority) ? roomAt((requests) => requests) : Math.max(roomAt(withoutReserve), bucket.dueAt()),
    count(priority, now) {
      ring.add(now);
      if (!isLockout(priority)) bucket.take(now);
    },
  };
}
