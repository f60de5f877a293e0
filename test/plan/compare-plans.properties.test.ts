import fc from "fast-check";
import { expect, test } from "vitest";
import { comparePlans, type PlanDifference } from "../../src/plan/compare-plans.ts";
import { hashPlan } from "../../src/plan/plan.ts";
import { alike, turned } from "./alike-plans.ts";
import { cases } from "../depth.ts";

test("there is nothing to show exactly when the hashes are equal", () => {
  let equal = 0;
  fc.assert(
    fc.property(alike, ([before, after]) => {
      const isSame = hashPlan(before) === hashPlan(turned(after));
      if (isSame) equal++;
      expect(comparePlans(before, turned(after)).length === 0).toBe(isSame);
    }),
    { numRuns: cases(120, 600) },
  );
  expect(equal).toBeGreaterThan(6);
});

test("whatever changes shows something: no difference is without a detail, and no detail is empty", () => {
  fc.assert(
    fc.property(alike, ([before, after]) => {
      for (const { kind, details } of comparePlans(before, after)) {
        if (kind === "changed") expect(details).not.toEqual([]);
        for (const detail of details) {
          expect(detail.title).not.toBe("");
          expect(detail.before ?? detail.after).toBeDefined();
          expect(detail.before).not.toBe(detail.after);
        }
      }
    }),
    { numRuns: cases(80, 300) },
  );
});

/** What was before is after, and the other way round. */
function mirrored({ kind, title, details }: PlanDifference): PlanDifference {
  const kinds = { added: "removed", removed: "added", changed: "changed" } as const;
  return {
    kind: kinds[kind],
    title,
    details: details.map(({ title, before, after }) => ({
      title,
      ...(after === undefined ? {} : { before: after }),
      ...(before === undefined ? {} : { after: before }),
    })),
  };
}

test("compared the other way round, what was added is removed and what was before is after", () => {
  const sorted = (differences: readonly PlanDifference[]) =>
    differences
      // A changed step goes by its title after the change, and that a secret changed is told in one word.
      .map(({ kind, title, details }) =>
        JSON.stringify([
          kind,
          kind === "changed" ? "" : title,
          details
            .filter(({ after, before }) => after !== "(changed)" && before !== "(changed)")
            .map(({ title, before = null, after = null }) => JSON.stringify([title, before, after]))
            .toSorted(),
        ]),
      )
      .toSorted();
  fc.assert(
    fc.property(alike, ([before, after]) => {
      const there = comparePlans(before, after).map((one) => mirrored(one));
      expect(sorted(comparePlans(after, before))).toEqual(sorted(there));
    }),
    { numRuns: cases(80, 300) },
  );
});
