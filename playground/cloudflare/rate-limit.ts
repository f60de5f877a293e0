/** How many requests one token has in each window. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

/** What one request spent: headers for its answer, and whether it came too late. */
export interface Spending {
  headers: Record<string, string>;
  refused: boolean;
}

interface Bucket {
  windowEnds: number;
  spent: number;
  blockedUntil: number;
}

/**
 * One bucket for each token, over all its work. A token that goes past the limit is blocked for a whole further
 * window from that moment, whatever is left of the one it was in.
 */
export function createRateLimit(
  limit: RateLimit,
  clock: () => Date,
): { spend(credential: string): Spending; describe(): Record<string, string> } {
  const window = limit.seconds * 1000;
  const buckets = new Map<string, Bucket>();
  const headersFor = (remaining: number, seconds: number): Record<string, string> => ({
    ratelimit: `"default";r=${remaining};t=${seconds}`,
    "ratelimit-policy": `"default";q=${limit.requests};w=${limit.seconds}`,
  });

  return {
    spend(credential) {
      const now = clock().getTime();
      let bucket = buckets.get(credential);
      if (!bucket || (bucket.windowEnds <= now && bucket.blockedUntil <= now)) {
        bucket = { windowEnds: now + window, spent: 0, blockedUntil: 0 };
        buckets.set(credential, bucket);
      }
      if (bucket.blockedUntil <= now && bucket.spent >= limit.requests) {
        bucket.blockedUntil = now + window;
        bucket.windowEnds = bucket.blockedUntil;
      }
      const seconds = Math.ceil((bucket.windowEnds - now) / 1000);
      if (bucket.blockedUntil > now)
        return { headers: { ...headersFor(0, seconds), "retry-after": String(seconds) }, refused: true };
      bucket.spent += 1;
      return { headers: headersFor(limit.requests - bucket.spent, seconds), refused: false };
    },
    /** For a caller who is nobody yet: a whole window. */
    describe: () => headersFor(limit.requests, limit.seconds),
  };
}
