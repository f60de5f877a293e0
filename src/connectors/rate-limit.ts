import type { RateLimitLabel } from "../catalogue/operation.ts";
import { type Clock, systemClock } from "./clock.ts";

/** So many requests in any window of so many milliseconds. */
export interface RateLimit {
  requests: number;
  window: number;
}

export type ZoomPlan = "free" | "pro" | "business";

const second = 1_000;
const minute = 60 * second;

/** What Zoom allows an account; every app on it shares this. The daily limits are left to Zoom to tell. */
export const zoomRateLimits: Record<ZoomPlan, Partial<Record<RateLimitLabel, RateLimit>>> = {
  free: {
    light: { requests: 4, window: second },
    medium: { requests: 2, window: second },
    heavy: { requests: 1, window: second },
    "resource-intensive": { requests: 10, window: minute },
  },
  pro: {
    light: { requests: 30, window: second },
    medium: { requests: 20, window: second },
    heavy: { requests: 10, window: second },
    "resource-intensive": { requests: 10, window: minute },
  },
  business: {
    light: { requests: 80, window: second },
    medium: { requests: 60, window: second },
    heavy: { requests: 40, window: second },
    "resource-intensive": { requests: 20, window: minute },
  },
};

/** What Cloudflare allows a token unless the contract says more; past it everything is blocked for five minutes. */
export const cloudflareRateLimit: RateLimit = { requests: 1_200, window: 5 * minute };

export interface RateLimiter {
  /**
   * Resolves when a request may be sent: at once while there is room, otherwise in order of priority (0 first: a
   * lockout does not wait behind bulk work), then of arrival. A label without a limit never waits.
   * @throws the reason of `signal` when it aborts first
   */
  acquire(label: RateLimitLabel, priority: number, signal?: AbortSignal): Promise<void>;
}

interface Waiter {
  priority: number;
  admit: () => void;
}

/** A token bucket with a queue by priority. */
function createBucket({ requests, window }: RateLimit, clock: Clock) {
  const capacity = Math.min(50, Math.max(1, Math.floor(requests / 4)));
  // A full bucket and what trickles in during one window together never exceed the limit.
  const millisecondsPerToken = window / (requests - capacity + 1);
  const waiters: Waiter[] = [];
  let tokens = capacity;
  let countedAt = clock.now();
  let isAdmitting = false;

  function takeToken(): boolean {
    const now = clock.now();
    tokens = Math.min(capacity, tokens + Math.max(0, now - countedAt) / millisecondsPerToken);
    countedAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  }

  async function admitInTurn(): Promise<void> {
    if (isAdmitting) return;
    isAdmitting = true;
    try {
      while (waiters.length > 0) {
        if (takeToken()) waiters.shift()?.admit();
        else await clock.sleep(Math.ceil((1 - tokens) * millisecondsPerToken));
      }
    } finally {
      isAdmitting = false;
    }
  }

  return async function acquire(priority: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (waiters.length === 0 && takeToken()) return;
    const turn = Promise.withResolvers<void>();
    const waiter: Waiter = { priority, admit: turn.resolve };
    const behind = waiters.findIndex((other) => other.priority > priority);
    waiters.splice(behind === -1 ? waiters.length : behind, 0, waiter);
    function leave(): void {
      const place = waiters.indexOf(waiter);
      if (place !== -1) waiters.splice(place, 1);
      turn.reject(signal?.reason);
    }
    signal?.addEventListener("abort", leave, { once: true });
    void admitInTurn();
    try {
      await turn.promise;
    } finally {
      signal?.removeEventListener("abort", leave);
    }
  };
}

/** Makes a limiter with a bucket for each label that has a limit. It counts this process only. */
export function createRateLimiter(
  limits: Partial<Record<RateLimitLabel, RateLimit>>,
  clock: Clock = systemClock,
): RateLimiter {
  const buckets = new Map(
    Object.entries(limits).map(([label, limit]) => [label, createBucket(limit, clock)]),
  );
  return {
    acquire: async (label, priority, signal) => buckets.get(label)?.(priority, signal),
  };
}
