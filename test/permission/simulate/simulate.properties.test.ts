import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareNeeds } from "../../../src/permission/simulate/compare-needs.ts";
import { neededOf } from "../../../src/permission/simulate/recorded-question.ts";
import { createSimulation, type Replayed } from "../../../src/permission/simulate/simulate.ts";
import { askDirectly, askings, policies, worlds, type Answered } from "../recorded-world.ts";
import { cases } from "../../depth.ts";

const RUNS = { numRuns: cases(200, 800) };
const GRAVITY = ["allowed", "needs_approval", "denied"];

/** What a simulation must say where the same question got these two answers. */
function expected(before: Answered, now: Answered): Replayed["kind"] {
  const difference = GRAVITY.indexOf(now.decision.kind) - GRAVITY.indexOf(before.decision.kind);
  if (difference !== 0) return difference > 0 ? "stricter" : "milder";
  if (before.decision.kind !== "needs_approval" || now.decision.kind !== "needs_approval") return "same";
  return compareNeeds(before.decision.rules.map(neededOf), now.decision.rules.map(neededOf));
}

function check(replayed: Replayed, before: Answered, now: Answered): void {
  expect(replayed.kind).toBe(expected(before, now));
  if (replayed.kind === "same" || replayed.kind === "unknown") return;
  expect(replayed).toMatchObject({
    from: before.judgement.answer,
    to: now.judgement.answer,
    rule: now.judgement.rule,
    formerRule: before.judgement.rule,
  });
}

describe("a simulation", () => {
  test("of the same policy gives no difference, and answers everything", () => {
    fc.assert(
      fc.property(policies, worlds, askings, (policy, world, asked) => {
        const simulation = createSimulation(policy);
        for (const { judgement } of askDirectly(policy, world, asked, "needed"))
          expect(simulation.replay(judgement)).toEqual({ kind: "same" });
      }),
      RUNS,
    );
  });

  test("says what the changed policy answers when it is asked directly, where every fact was recorded", () => {
    fc.assert(
      fc.property(policies, policies, worlds, askings, (policy, other, world, asked) => {
        const { on_call: schedules, identities = [] } = policy;
        const changed = { ...other, on_call: schedules, identities };
        const before = askDirectly(policy, world, asked, "all");
        const now = askDirectly(changed, world, asked, "all");
        const simulation = createSimulation(changed);
        for (const [index, one] of before.entries())
          check(simulation.replay(one.judgement), one, now[index] as Answered);
      }),
      RUNS,
    );
  });

  test("never says otherwise than the changed policy, whatever it changes and whatever was not looked up", () => {
    let [answered, unknown] = [0, 0];
    fc.assert(
      fc.property(policies, policies, worlds, askings, (policy, changed, world, asked) => {
        const before = askDirectly(policy, world, asked, "needed");
        const now = askDirectly(changed, world, asked, "needed");
        const simulation = createSimulation(changed);
        for (const [index, one] of before.entries()) {
          const replayed = simulation.replay(one.judgement);
          // From here on limits may have counted otherwise than a policy that was really asked.
          if (replayed.kind === "unknown") {
            unknown += 1;
            return;
          }
          answered += 1;
          check(replayed, one, now[index] as Answered);
        }
      }),
      RUNS,
    );
    expect(answered).toBeGreaterThan(50);
    expect(unknown).toBeGreaterThan(25);
  });

  test("of which a part is only warmed up with the same policy still gives no difference", () => {
    fc.assert(
      fc.property(policies, worlds, askings, fc.nat(14), (policy, world, asked, first) => {
        const simulation = createSimulation(policy);
        for (const [index, { judgement }] of askDirectly(policy, world, asked, "needed").entries())
          if (index < first) simulation.warmUp(judgement);
          else expect(simulation.replay(judgement)).toEqual({ kind: "same" });
      }),
      RUNS,
    );
  });
});
