import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/connectors/clock.ts";
import { cloudflareRateLimit, createRateLimiter, zoomRateLimits } from "../../src/connectors/rate-limit.ts";
import { createInstantClock } from "./instant-clock.ts";

/** A clock whose sleepers stay asleep until time is moved on by hand. */
function createStandingClock() {
  let time = 0;
  const sleepers: { at: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => time,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: time + milliseconds, wake });
      }),
  };
  async function advance(milliseconds: number): Promise<void> {
    time += milliseconds;
    for (const sleeper of sleepers.splice(0))
      if (sleeper.at <= time) sleeper.wake();
      else sleepers.push(sleeper);
    await new Promise(setImmediate);
  }
  return { clock, advance };
}

describe("the rate limiter", () => {
  it("lets no window hold more than the limit, and keeps close to it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(1_000, 60_000, 300_000),
        fc.integer({ min: 1, max: 5 }),
        async (requests, window, windows) => {
          const clock = createInstantClock(0);
          const limiter = createRateLimiter({ light: { requests, window } }, clock);
          const times: number[] = [];
          const count = requests * windows;
          await Promise.all(
            Array.from({ length: count }, async () => {
              await limiter.acquire("light", 1);
              times.push(clock.now());
            }),
          );
          times.forEach((time, index) => {
            const later = times[index + requests];
            if (later !== undefined) expect(later - time).toBeGreaterThanOrEqual(window);
          });
          expect(clock.now()).toBeLessThanOrEqual(window * windows * 1.5 + count);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("lets a lockout pass before everything that waits, and the rest in order", async () => {
    const { clock, advance } = createStandingClock();
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
    const { clock, advance } = createStandingClock();
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

  it("never makes a label wait that has no limit", async () => {
    const limiter = createRateLimiter({}, createStandingClock().clock);
    await Promise.all(Array.from({ length: 1_000 }, () => limiter.acquire("heavy", 1)));
  });

  it("knows what the vendors publish", () => {
    expect(zoomRateLimits.pro.light).toEqual({ requests: 30, window: 1_000 });
    expect(zoomRateLimits.free.heavy).toEqual({ requests: 1, window: 1_000 });
    expect(zoomRateLimits.business["resource-intensive"]).toEqual({ requests: 20, window: 60_000 });
    expect(cloudflareRateLimit).toEqual({ requests: 1_200, window: 300_000 });
  });
});
