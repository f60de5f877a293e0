/**
 * What a method counts against. A tier is so many calls in any sixty seconds; `posting` is one message a second in
 * a channel, with a short burst tolerated; `none` is for methods whose limit nobody meets.
 */
export type RateLimit = "tier2" | "tier3" | "tier4" | "posting" | "none";

const CALLS_A_MINUTE = { tier2: 20, tier3: 50, tier4: 100 } as const;
const WINDOW_MILLISECONDS = 60_000;
const POSTING_BURST = 4;
const POSTING_INTERVAL_MILLISECONDS = 1_000;

/** Counts a call against a tier or so many a minute; answers with the seconds to wait when it is one too many. */
export type Limiter = (limit: RateLimit | number, key: string) => number | undefined;

export function createLimiter(clock: () => Date): Limiter {
  const windows = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();

  function takeFromWindow(key: string, allowed: number, now: number): number | undefined {
    const recent = (windows.get(key) ?? []).filter((at) => now - at < WINDOW_MILLISECONDS);
    windows.set(key, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= allowed)
      return Math.max(1, Math.ceil((oldest + WINDOW_MILLISECONDS - now) / 1_000));
    recent.push(now);
    return undefined;
  }

  function takeFromBucket(key: string, now: number): number | undefined {
    const bucket = buckets.get(key) ?? { tokens: POSTING_BURST, at: now };
    const refilled = bucket.tokens + Math.max(0, now - bucket.at) / POSTING_INTERVAL_MILLISECONDS;
    const tokens = Math.min(POSTING_BURST, refilled);
    if (tokens < 1) {
      buckets.set(key, { tokens, at: now });
      return Math.max(1, Math.ceil(1 - tokens));
    }
    buckets.set(key, { tokens: tokens - 1, at: now });
    return undefined;
  }

  return (limit, key) => {
    const now = clock().getTime();
    if (limit === "none") return undefined;
    if (limit === "posting") return takeFromBucket(key, now);
    return takeFromWindow(key, typeof limit === "number" ? limit : CALLS_A_MINUTE[limit], now);
  };
}
