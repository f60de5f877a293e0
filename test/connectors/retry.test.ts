import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttemptEnd, defaultRetryRules, nextAttemptAfter } from "../../src/connectors/retry.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const end: fc.Arbitrary<AttemptEnd> = fc.oneof(
  fc.record({ status: fc.integer({ min: 200, max: 599 }) }),
  fc.record({ failure: fc.constantFrom("timeout", "connection", "unreadable") }),
);
const ending = fc.record({
  end,
  attempt: fc.integer({ min: 1, max: 4 }),
  repeatable: fc.boolean(),
  hint: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
  random,
});

describe("the next attempt", () => {
  it("never comes after the last one that is allowed", () => {
    fc.assert(
      fc.property(ending, (one) => {
        if (one.attempt >= 3) expect(nextAttemptAfter(defaultRetryRules, one)).toBeUndefined();
      }),
    );
  });

  it("of a call that must not happen twice comes only after a 429", () => {
    fc.assert(
      fc.property(ending, (one) => {
        const wait = nextAttemptAfter(defaultRetryRules, { ...one, repeatable: false });
        if (wait !== undefined) expect(one.end).toEqual({ status: 429 });
      }),
    );
  });

  it("never follows a success or a refusal", () => {
    fc.assert(
      fc.property(ending, fc.integer({ min: 200, max: 499 }), (one, status) => {
        if (status === 429) return;
        expect(nextAttemptAfter(defaultRetryRules, { ...one, end: { status } })).toBeUndefined();
      }),
    );
  });

  it("comes no sooner than the vendor asks, and not at all when it asks for too long", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), random, (hint, chance) => {
        const one = { end: { status: 429 }, attempt: 1, repeatable: true, hint, random: chance };
        const wait = nextAttemptAfter(defaultRetryRules, one);
        if (hint > 20_000) expect(wait).toBeUndefined();
        else expect(wait).toBeGreaterThanOrEqual(hint);
      }),
    );
  });

  it("without a hint waits anything up to a bound that doubles, and no longer than the longest", () => {
    const rules = { ...defaultRetryRules, maxAttempts: 20 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), random, (attempt, chance) => {
        const one = { end: { status: 500 }, attempt, repeatable: true, hint: undefined, random: chance };
        const wait = nextAttemptAfter(rules, one) ?? Number.NaN;
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(Math.min(8_000, 500 * 2 ** (attempt - 1)) || 1);
      }),
    );
  });
});
