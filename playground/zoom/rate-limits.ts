import type { VendorAnswer } from "../vendor-http.ts";

export type ZoomPlan = "free" | "pro" | "business";
export type ZoomRateLabel = "Light" | "Medium";

/**
 * Which headers tell of the limits. `full`: the X-RateLimit family on every answer, and Retry-After on the daily
 * limit only; `retryAfterDate`: nothing but Retry-After, on every 429; `none`: real 429s have come without any.
 */
export type RateLimitHeaders = "full" | "none" | "retryAfterDate";

const LIMITS: Record<ZoomPlan, Record<ZoomRateLabel, { second: number; day: number }>> = {
  free: { Light: { second: 4, day: 6000 }, Medium: { second: 2, day: 2000 } },
  pro: { Light: { second: 30, day: Infinity }, Medium: { second: 20, day: Infinity } },
  business: { Light: { second: 80, day: Infinity }, Medium: { second: 60, day: Infinity } },
};

const MESSAGES = {
  QPS: "You have reached the maximum per-second rate limit for this API. Try again later.",
  "Daily-limit":
    "You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.",
};

const DAY = 86_400_000;

/** What one request spent: headers for its answer, and a refusal when it came too soon. */
export interface Spending {
  headers: Record<string, string>;
  refusal?: VendorAnswer;
}

/** Counts requests of one account: any second on the clock, and the UTC day. A refused request is not counted. */
export function createRateLimits(clock: () => Date): {
  spend(label: ZoomRateLabel, plan: ZoomPlan, style: RateLimitHeaders): Spending;
} {
  const lastSecond: Record<ZoomRateLabel, number[]> = { Light: [], Medium: [] };
  const today: Record<ZoomRateLabel, { day: number; count: number }> = {
    Light: { day: -1, count: 0 },
    Medium: { day: -1, count: 0 },
  };

  return {
    spend(label, plan, style) {
      const limit = LIMITS[plan][label];
      const now = clock().getTime();
      const recent = lastSecond[label].filter((time) => time > now - 1000);
      lastSecond[label] = recent;
      const day = Math.floor(now / DAY);
      if (today[label].day !== day) today[label] = { day, count: 0 };

      const dayIsSpent = today[label].count >= limit.day;
      const refused = dayIsSpent || recent.length >= limit.second;
      if (!refused) {
        recent.push(now);
        today[label].count += 1;
      }
      const type = dayIsSpent ? "Daily-limit" : "QPS";
      const retryAt = dayIsSpent ? (day + 1) * DAY : (recent[0] ?? now) + 1000;
      const headers: Record<string, string> = {};
      if (style === "full") {
        headers["x-ratelimit-category"] = label;
        headers["x-ratelimit-type"] = type;
        headers["x-ratelimit-limit"] = String(dayIsSpent ? limit.day : limit.second);
        headers["x-ratelimit-remaining"] = String(dayIsSpent ? 0 : limit.second - recent.length);
      }
      if (refused && (style === "retryAfterDate" || (style === "full" && dayIsSpent)))
        headers["retry-after"] = new Date(Math.ceil(retryAt / 1000) * 1000)
          .toISOString()
          .replace(".000Z", "Z");
      return {
        headers,
        ...(refused ? { refusal: { status: 429, body: { code: 429, message: MESSAGES[type] } } } : {}),
      };
    },
  };
}
