import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../../../src/audit/event.ts";
import { findOperation } from "../../../src/catalogue/registry.ts";
import type { PlanStep } from "../../../src/playbook/playbook.ts";
import { summarise } from "../../../src/workflow/run/summarise.ts";
import type { StepResult } from "../../../src/workflow/events/step-result.ts";
import { samplePlan } from "../sample-plan.ts";

const RUNS = { numRuns: 1_000 };
const OUTCOMES: Outcome[] = ["verified", "accepted", "unverified", "not_found", "failed", "skipped"];
type Ended = { step: PlanStep; result: StepResult }[];

const ended: fc.Arbitrary<Ended> = fc
  .constantFrom("deactivate" as const, "delete" as const, "disassociate" as const)
  .chain((action) => {
    const { steps } = samplePlan(action);
    return fc.tuple(...steps.map(() => fc.constantFrom(...OUTCOMES))).map((outcomes) =>
      steps.map((step, index) => ({
        step,
        result: { outcome: outcomes[index] ?? "failed", sentence: "", facts: {} },
      })),
    );
  });

/** Read from the contract: what was proven, accepted, or is fine to be gone. */
function isGood({ step, result }: Ended[number]): boolean {
  return (
    ["verified", "accepted"].includes(result.outcome) ||
    (result.outcome === "not_found" && step.goneIsFine !== undefined)
  );
}

const isChange = ({ step }: Ended[number]) => findOperation(step.operation).risk !== "read";

function count(steps: Ended, outcome: Outcome): number {
  return steps.filter(({ result }) => result.outcome === outcome).length;
}

test("a request is done exactly when every step ended as well as it could", () => {
  fc.assert(
    fc.property(ended, (steps) => {
      expect(summarise(steps).state === "done").toBe(steps.every(isGood));
    }),
    RUNS,
  );
});

test("a request failed exactly when not one of its changes took hold", () => {
  fc.assert(
    fc.property(ended, (steps) => {
      expect(summarise(steps).state === "failed").toBe(!steps.filter(isChange).some(isGood));
    }),
    RUNS,
  );
});

test("the sentence counts what was verified and what was only accepted", () => {
  fc.assert(
    fc.property(ended, (steps) => {
      const { state, sentence } = summarise(steps);
      if (state === "failed") return;
      expect(sentence).toContain(`${count(steps, "verified")} of ${steps.length} steps verified.`);
      const accepted = count(steps, "accepted");
      expect(/(\d+) accepted by the vendor/.exec(sentence)?.[1] ?? "0").toBe(String(accepted));
    }),
    RUNS,
  );
});

test("the sentence names every step that is not done, and no other", () => {
  fc.assert(
    fc.property(ended, (steps) => {
      const { state, sentence } = summarise(steps);
      for (const one of steps) {
        const name = `${one.step.title} (${one.result.outcome.replace("_", " ")})`;
        expect(sentence.includes(name)).toBe(state !== "done" && !isGood(one));
      }
    }),
    RUNS,
  );
});

test("nothing is said not to have taken hold while a step is merely unproven", () => {
  fc.assert(
    fc.property(ended, (steps) => {
      const { state, sentence } = summarise(steps);
      if (state !== "failed") return;
      expect(sentence.startsWith("Nothing took hold.")).toBe(count(steps, "unverified") === 0);
    }),
    RUNS,
  );
});

test("another person behind the ids ends as failed, whatever else happened", () => {
  fc.assert(
    fc.property(ended, (steps) => {
      const [first, ...rest] = steps;
      if (first === undefined) return;
      const wrong = {
        ...first,
        result: { ...first.result, outcome: "failed" as const, wrongPerson: true as const },
      };
      expect(summarise([wrong, ...rest])).toMatchObject({ state: "failed" });
    }),
    RUNS,
  );
});
