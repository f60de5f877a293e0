import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RateLimitLabel } from "../../src/catalogue/operation.ts";
import type { Clock } from "../../src/connectors/clock.ts";
import {
  cloudflareAddressLimit,
  cloudflareRateLimit,
  createRateLimiter,
  type RateLimiter,
  zoomLimits,
  zoomRateLimits,
} from "../../src/connectors/rate-limit.ts";
import { createInstantClock } from "./instant-clock.ts";
import { createSteppedClock } from "./stepped-clock.ts";

/** Asks at once, as often as told, and notes when each call went. */
async function wentAt(
  limiter: RateLimiter,
  clock: Clock,
  priority: number,
  count: number,
  label: RateLimitLabel = "light",
): Promise<number[]> {
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await limiter.acquire(label, priority);
      times.push(clock.now());
    }),
  );
  return times;
}

describe("the rate limiter", () => {
  it("lets no window hold more than the limit, and keeps close to it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(1_000, 60_000, 300_000),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0, 1),
        async (requests, window, windows, priority) => {
          const clock = createInstantClock(0);
          const limiter = createRateLimiter({ light: { requests, window } }, clock);
          const count = requests * windows;
          const times = await wentAt(limiter, clock, priority, count);
          times.forEach((time, index) => {
            const later = times[index + requests];
            if (later !== undefined) expect(later - time).toBeGreaterThanOrEqual(window);
          });
          // Bulk work is spread and leaves the reserve alone; lockouts use all there is.
          if (priority === 0) expect(clock.now()).toBe(window * (windows - 1));
          else expect(clock.now()).toBeLessThanOrEqual(window * windows * 2 + count);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("lets lockouts have a whole window at once, and spreads the rest over what is left", async () => {
    const { clock, advance } = createSteppedClock();
    const limiter = createRateLimiter({ light: cloudflareRateLimit }, clock);
    const bulk = wentAt(limiter, clock, 1, 900);
    await advance(0);
    // What is left is for lockouts, though hundreds wait.
    expect(await wentAt(limiter, clock, 0, 1_150)).toEqual(Array.from({ length: 1_150 }, () => 0));
    await advance(2 * cloudflareRateLimit.window);
    const times = await bulk;
    expect(times.filter((time) => time === 0)).toHaveLength(50);
    expect(Math.min(...times.filter((time) => time > 0))).toBe(cloudflareRateLimit.window);
    // The window had room for another 50 of them at once, and not for what a lockout needs.
    expect(times.filter((time) => time === cloudflareRateLimit.window)).toHaveLength(50);
  });

  it("admits a lockout at once while it sleeps for somebody less urgent", async () => {
    const { clock, advance } = createSteppedClock();
    const limiter = createRateLimiter({ light: { requests: 2, window: 1_000 } }, clock);
    await limiter.acquire("light", 1);
    const ordinary = limiter.acquire("light", 1).then(() => clock.now());
    await advance(400);
    await limiter.acquire("light", 0);
    // The window is full now, and has room for a lockout before it has any for the one who came first.
    const second = limiter.acquire("light", 0).then(() => clock.now());
    await advance(3_000);
    expect(await second).toBe(1_000);
    expect(await ordinary).toBe(2_000);
  });

  it("wakes a lockout in time though somebody less urgent waits for longer", async () => {
    const { clock, advance } = createSteppedClock();
    const limiter = createRateLimiter({ light: { requests: 2, window: 1_000 } }, clock);
    await limiter.acquire("light", 0);
    await advance(400);
    await limiter.acquire("light", 0);
    const ordinary = wentAt(limiter, clock, 1, 1);
    await advance(100);
    const lockout = wentAt(limiter, clock, 0, 1);
    await advance(3_000);
    expect(await lockout).toEqual([1_000]);
    expect(await ordinary).toEqual([2_000]);
  });

  it("holds several limits of one label", async () => {
    const { clock, advance } = createSteppedClock();
    const long = { requests: 12, window: 60_000 };
    const limiter = createRateLimiter({ light: [long, { requests: 4, window: 1_000 }] }, clock);
    const lockouts = wentAt(limiter, clock, 0, 13);
    await advance(60_000);
    expect(await lockouts).toEqual([
      0, 0, 0, 0, 1_000, 1_000, 1_000, 1_000, 2_000, 2_000, 2_000, 2_000, 60_000,
    ]);
  });

  it("goes on when somebody sets the clock back", async () => {
    const { clock, advance, set } = createSteppedClock(3_600_000);
    const limiter = createRateLimiter({ light: { requests: 1, window: 1_000 } }, clock);
    const went: string[] = [];
    await limiter.acquire("light", 1);
    const next = limiter.acquire("light", 1).then(() => went.push("next"));
    set(0);
    expect(went).toEqual([]);
    await advance(2_000);
    await next;
    expect(went).toEqual(["next"]);
  });

  it("lets a lockout pass before everything that waits, and the rest in order", async () => {
    const { clock, advance } = createSteppedClock();
    const limiter = createRateLimiter({ light: { requests: 1, window: 1_000 } }, clock);
    const order: string[] = [];
    const ask = async (name: string, priority: number) => {
      await limiter.acquire("light", priority);
      order.push(name);
    };
    const all = [ask("first", 1), ask("bulk 1", 2), ask("bulk 2", 2), ask("ordinary", 1), ask("lockout", 0)];
    for (let second = 0; second < 5; second += 1) await advance(1_000);
    await Promise.all(all);
    expect(order).toEqual(["first", "lockout", "ordinary", "bulk 1", "bulk 2"]);
  });

  it("lets go of whoever stops waiting, without costing the others a turn", async () => {
    const { clock, advance } = createSteppedClock();
    const limiter = createRateLimiter({ light: { requests: 1, window: 1_000 } }, clock);
    await limiter.acquire("light", 1);
    const controller = new AbortController();
    const left = limiter.acquire("light", 1, controller.signal);
    const next = limiter.acquire("light", 1);
    controller.abort(new Error("withdrawn"));
    await expect(left).rejects.toThrow("withdrawn");
    await advance(1_000);
    await next;
  });

  it("sleeps for nobody when all have left", async () => {
    const { clock, asleep } = createSteppedClock();
    const limiter = createRateLimiter({ light: { requests: 1, window: 1_000 } }, clock);
    await limiter.acquire("light", 1);
    const controller = new AbortController();
    const left = limiter.acquire("light", 1, controller.signal);
    expect(asleep()).toBe(1);
    controller.abort(new Error("withdrawn"));
    await expect(left).rejects.toThrow("withdrawn");
    expect(asleep()).toBe(0);
  });

  it("never makes a label wait that has no limit", async () => {
    const { clock, asleep } = createSteppedClock();
    const limiter = createRateLimiter({}, clock);
    expect(await wentAt(limiter, clock, 1, 1_000, "heavy")).toEqual(Array.from({ length: 1_000 }, () => 0));
    expect(asleep()).toBe(0);
  });

  it("knows what the vendors publish", () => {
    expect(zoomRateLimits.pro.light).toEqual({ requests: 30, window: 1_000 });
    expect(zoomRateLimits.free.heavy).toEqual({ requests: 1, window: 1_000 });
    expect(zoomRateLimits.business["resource-intensive"]).toEqual({ requests: 20, window: 60_000 });
    expect(cloudflareRateLimit).toEqual({ requests: 1_200, window: 300_000 });
    expect(cloudflareAddressLimit(cloudflareRateLimit)).toEqual({ requests: 200, window: 1_000 });
  });

  it("takes a share of what Zoom allows, however small, or more where Zoom has raised it", () => {
    expect(zoomLimits("pro", 100)).toEqual(zoomRateLimits.pro);
    expect(zoomLimits("pro", 50).light).toEqual({ requests: 15, window: 1_000 });
    expect(zoomLimits("business", 250).medium).toEqual({ requests: 150, window: 1_000 });
    expect(zoomLimits("pro", 25).heavy).toEqual({ requests: 2, window: 1_000 });
    expect(zoomLimits("free", 10).heavy).toEqual({ requests: 1, window: 10_000 });
    expect(zoomLimits("pro", 1)["resource-intensive"]).toEqual({ requests: 1, window: 600_000 });
  });
});
