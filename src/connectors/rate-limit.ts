import type { RateLimitLabel } from "../catalogue/operation.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createRateQueue } from "./rate-queue.ts";
import { createRateWindow } from "./rate-window.ts";
import type { RateLimit } from "./rate.ts";

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

/** What Cloudflare takes from one address in a second, whatever the token may: a burst of lockouts would go past it. */
const ADDRESS_REQUESTS = 200;

/** The limit of one address, for a token that may so much: a contract for more than it would be worth nothing. */
export function cloudflareAddressLimit({ requests, window }: RateLimit): RateLimit {
  return { requests: Math.max(ADDRESS_REQUESTS, Math.floor((requests * second) / window)), window: second };
}

/** What Slack's tier 2 allows an app of each method; it tolerates bursts, and does not say which. */
export const slackMethodLimits: Partial<Record<RateLimitLabel, RateLimit>> = {
  tier2: { requests: 20, window: minute },
};

/** The limits of a plan, or the part of them that this app may use, or more where Zoom has raised them. */
export function zoomLimits(plan: ZoomPlan, percent: number): Partial<Record<RateLimitLabel, RateLimit>> {
  return Object.fromEntries(
    Object.entries(zoomRateLimits[plan]).map(([label, limit]) => [label, shareOf(limit, percent)]),
  );
}

function shareOf({ requests, window }: RateLimit, percent: number): RateLimit {
  const share = (requests * percent) / 100;
  // Less than one in a window is one in a longer window: no share is too small to get anything done.
  return share < 1
    ? { requests: 1, window: Math.ceil(window / share) }
    : { requests: Math.floor(share), window };
}

export interface RateLimiter {
  /**
   * Resolves when a request may be sent: at once while there is room, otherwise in order of priority (0 first: a
   * lockout does not wait behind bulk work), then of arrival. A label without a limit never waits.
   * @throws the reason of `signal` when it aborts first
   */
  acquire(label: RateLimitLabel, priority: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Makes a limiter for each label that has a limit, or several that all hold. It counts this process only, and by when
 * requests are sent. All priorities but 0 leave a quarter of each limit free, so that a lockout finds room at once.
 */
export function createRateLimiter(
  limits: Partial<Record<RateLimitLabel, RateLimit | readonly [RateLimit, ...RateLimit[]]>>,
  clock: Clock = systemClock,
): RateLimiter {
  const queues = new Map(
    Object.entries(limits).map(([label, limit]) => [
      label,
      createRateQueue(createRateWindow("window" in limit ? [limit] : limit), clock),
    ]),
  );
  return {
    acquire: async (label, priority, signal) => queues.get(label)?.(priority, signal),
  };
}
