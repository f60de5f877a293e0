import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createRateLimiter } from "../../src/connectors/rate-limit.ts";
import type { RateLimit } from "../../src/connectors/rate.ts";
import { createSteppedClock } from "./stepped-clock.ts";

interface Call {
  /** In the order in which they came. */
  number: number;
  priority: number;
  came: number;
  went?: number;
  left?: boolean;
}

interface Arrival {
  /** Milliseconds after the one before. */
  after: number;
  priority: number;
  /** Milliseconds until it stops waiting. */
  patience: number | undefined;
}

interface Traffic {
  limit: RateLimit;
  /** All calls, in the order in which they came. */
  calls: Call[];
  /** Those that went, in the order in which they went, each with who was waiting then. */
  went: { call: Call & { went: number }; waiting: Call[] }[];
}

const limits = fc.record({
  // Most of them so small that lockouts fill the window and wait for each other.
  requests: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 40 })),
  window: fc.constantFrom(1_000, 60_000, 300_000),
});

/** In windows, so that traffic is as dense at every limit. */
const arrivals = fc.array(
  fc.record({
    after: fc.oneof(
      { weight: 8, arbitrary: fc.constant(0) },
      { weight: 8, arbitrary: fc.double({ min: 0, max: 0.1, noNaN: true }) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1.5, noNaN: true }) },
    ),
    priority: fc.constantFrom(0, 0, 1, 2),
    patience: fc.option(fc.double({ min: 0, max: 1.5, noNaN: true }), { nil: undefined, freq: 6 }),
  }),
  // Queues must get long: left alone, most of these would hold a handful of calls.
  { minLength: 1, maxLength: 120, size: "max" },
);

async function runTraffic(limit: RateLimit, windows: readonly Arrival[]): Promise<Traffic> {
  const { clock, advance } = createSteppedClock();
  const limiter = createRateLimiter({ light: limit }, clock);
  const calls: Call[] = [];
  const went: Traffic["went"] = [];
  const isWaiting = (call: Call) => call.went === undefined && call.left !== true;

  async function ask(call: Call, patience: number | undefined): Promise<void> {
    const controller = new AbortController();
    if (patience !== undefined)
      void clock.sleep(patience, controller.signal).then(
        () => controller.abort(new Error("out of patience")),
        () => undefined,
      );
    try {
      await limiter.acquire("light", call.priority, controller.signal);
    } catch {
      call.left = true;
      return;
    }
    call.went = clock.now();
    went.push({ call: call as Call & { went: number }, waiting: calls.filter(isWaiting) });
  }

  const asking: Promise<void>[] = [];
  for (const [number, { after, priority, patience }] of windows.entries()) {
    // Even where no time passes, who went before is heard of before the next one comes.
    await advance(Math.round(after * limit.window));
    const call: Call = { number, priority, came: clock.now() };
    calls.push(call);
    asking.push(ask(call, patience === undefined ? undefined : Math.round(patience * limit.window)));
  }
  // Every call alone in a window of its own, and one window more: so long nobody may be kept.
  await advance((windows.length + 1) * limit.window);
  // A call that still waits has neither gone nor left; it must not keep the test.
  await Promise.race([Promise.all(asking), new Promise(setImmediate)]);
  return { limit, calls, went };
}

/** Whatever the limit and the traffic, the law holds. */
function expectForAllTraffic(law: (traffic: Traffic) => void): Promise<void> {
  return fc.assert(
    fc.asyncProperty(limits, arrivals, async (limit, arrivals) => law(await runTraffic(limit, arrivals))),
    { numRuns: 60 },
  );
}

const reserveOf = (requests: number) => (requests === 1 ? 0 : Math.max(1, Math.floor(requests / 4)));

test("no window holds more than the limit", () =>
  expectForAllTraffic(({ limit, went }) => {
    went.forEach(({ call }, index) => {
      const later = went[index + limit.requests];
      if (later) expect(later.call.went - call.went).toBeGreaterThanOrEqual(limit.window);
    });
  }));

test("a lockout goes at once, or in the very moment in which the window has room", () =>
  expectForAllTraffic(({ limit, went }) => {
    went.forEach(({ call }, index) => {
      if (call.priority !== 0) return;
      const room = went[index - limit.requests];
      expect(call.went).toBe(Math.max(call.came, room ? room.call.went + limit.window : 0));
    });
  }));

test("nobody goes while somebody waits who is more urgent, or as urgent and there before", () =>
  expectForAllTraffic(({ went }) => {
    for (const { call, waiting } of went)
      expect(
        waiting.filter(
          ({ priority, number }) =>
            priority < call.priority || (priority === call.priority && number < call.number),
        ),
      ).toEqual([]);
  }));

test("all but lockouts leave a quarter of every window free", () =>
  expectForAllTraffic(({ limit, went }) => {
    const allowed = limit.requests - reserveOf(limit.requests);
    went.forEach(({ call }, index) => {
      const before = went[index - allowed];
      if (call.priority > 0 && before)
        expect(call.went - before.call.went).toBeGreaterThanOrEqual(limit.window);
    });
  }));

test("a lockout after nothing but bulk work never waits", () =>
  fc.assert(
    fc.asyncProperty(limits, arrivals, fc.nat(), async (limit, arrivals, at) => {
      const place = at % arrivals.length;
      const mixed = arrivals.map((arrival, index) => ({
        ...arrival,
        priority: index === place && limit.requests > 1 ? 0 : Math.max(1, arrival.priority),
        patience: undefined,
      }));
      const { calls } = await runTraffic(limit, mixed);
      for (const { priority, came, went } of calls) if (priority === 0) expect(went).toBe(came);
    }),
    { numRuns: 60 },
  ));

test("everyone goes, or leaves, once nobody else comes", () =>
  expectForAllTraffic(({ calls }) => {
    expect(calls.filter(({ went, left }) => went === undefined && left !== true)).toEqual([]);
  }));
