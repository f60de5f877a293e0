import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RuleToMeet } from "../../src/approval/rule.ts";
import { contributionOf, tally, type MadeDecision, type TallyInput } from "../../src/approval/tally.ts";
import { couldBeMet, isDeniedPlainly } from "./oracle.ts";
import { cases } from "../depth.ts";

const IDS = ["U1", "U2", "U3", "U4", "U5", "U6"];
const ROLES = ["alpha", "beta", "gamma"];
const EXPIRY = 100;
const at = (milliseconds: number) => new Date(milliseconds);

const part = fc.record({
  roles: fc.subarray(ROLES),
  people: fc.subarray(["U3", "U4"], { maxLength: 1 }),
  count: fc.integer({ min: 1, max: 2 }),
});
const rules: fc.Arbitrary<RuleToMeet[]> = fc
  .array(
    fc.record({
      stages: fc.array(fc.record({ parts: fc.array(part, { minLength: 1, maxLength: 2 }) }), {
        minLength: 1,
        maxLength: 2,
      }),
      secondFactor: fc.boolean(),
      escalation: fc.option(
        fc.record({ at: fc.nat(EXPIRY).map(at), roles: fc.subarray(ROLES, { minLength: 1 }) }),
        { nil: undefined },
      ),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((made) =>
    made.map(({ escalation, ...rule }, index) => ({
      ...rule,
      id: `approvals[${index}]`,
      ...(escalation === undefined ? {} : { escalation }),
    })),
  );

const decision: fc.Arbitrary<MadeDecision> = fc
  .record({
    who: fc.nat(IDS.length - 1),
    shared: fc.option(fc.constantFrom("shared@example.com", "u1@example.com"), { nil: undefined, freq: 5 }),
    isDeny: fc.integer({ min: 0, max: 14 }).map((value) => value === 0),
    roles: fc.subarray(ROLES),
    isStale: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
    hasCode: fc.integer({ min: 0, max: 3 }).map((value) => value > 0),
    time: fc.nat(EXPIRY + 10),
  })
  .map(({ who, shared, isDeny, roles, isStale, hasCode, time }) => ({
    personId: IDS[who] ?? "U1",
    aliases: [`${(IDS[who] ?? "").toLowerCase()}@example.com`, ...(shared === undefined ? [] : [shared])],
    verdict: isDeny ? ("deny" as const) : ("approve" as const),
    roles,
    planHash: isStale ? "stale" : "hash",
    secondFactor: hasCode,
    at: at(time),
  }));

const inputs: fc.Arbitrary<TallyInput> = fc
  .record({
    rules,
    decisions: fc.array(decision, { maxLength: 8 }),
    requester: fc.constantFrom("U1", "U2"),
    target: fc.constantFrom("U5", "U6"),
    now: fc.nat(EXPIRY + 20),
  })
  .map(({ rules: made, decisions, requester, target, now }) => ({
    rules: made,
    decisions,
    requester: { id: requester, aliases: [`${requester}@EXAMPLE.com`] },
    target: { aliases: [target, `${target.toLowerCase()}@example.com`] },
    planHash: "hash",
    expiresAt: at(EXPIRY),
    now: at(now),
  }));

test("of generated requests none is approved that no set of different people, in the right order, could approve", () => {
  const seen = { approved: 0, denied: 0, pending: 0, expired: 0 };
  fc.assert(
    fc.property(inputs, (input) => {
      const { state } = tally(input);
      seen[state] += 1;
      if (state === "approved" && !input.rules.every((rule) => couldBeMet(input, rule)))
        throw new Error("It is approved, and nobody could have approved it.");
      if ((state === "denied") !== isDeniedPlainly(input))
        throw new Error(`It is ${state}, and ${isDeniedPlainly(input) ? "was" : "was not"} denied.`);
    }),
    { numRuns: cases(6_000, 50_000) },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(60);
});

test("one rule of one stage is met as soon as it could be", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const [first] = input.rules;
      const [stage] = first?.stages ?? [];
      if (first === undefined || stage === undefined) return;
      const simple = { ...input, rules: [{ ...first, stages: [stage] }] };
      if (isDeniedPlainly(simple) || hasSharedNames(simple)) return;
      expect(tally(simple).state === "approved").toBe(couldBeMet(simple, { ...first, stages: [stage] }));
    }),
    { numRuns: cases(2_000, 10_000) },
  );
});

/** A chain of shared names can make more people one than two of them share; such doubt takes approvals away. */
function hasSharedNames({ decisions }: TallyInput): boolean {
  return decisions.some(({ aliases }) => aliases.length > 1);
}

test("what one more approval is said to bring on is what it brings on", () => {
  fc.assert(
    fc.property(inputs, decision, (input, one) => {
      const last = { ...one, verdict: "approve" as const, at: at(EXPIRY - 1), secondFactor: true };
      const earlier = input.decisions.filter(
        ({ at: time, personId }) => time.getTime() < EXPIRY - 1 && personId !== last.personId,
      );
      const before = { ...input, now: at(EXPIRY - 1), decisions: earlier };
      const first = tally(before);
      if (first.state !== "pending" || hasSharedNames({ ...before, decisions: [...earlier, last] })) return;
      const after = tally({ ...before, decisions: [...earlier, last] });
      const brought = contributionOf(before, last).rules;
      if (after.state === "approved") expect(brought.length).toBeGreaterThan(0);
      if (brought.length === 0) expect(after).toEqual(first);
      else expect(after).not.toEqual(first);
    }),
    { numRuns: cases(2_000, 12_000) },
  );
});

test("an approval without a one-time password counts for no rule that asks for one", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const strict = input.rules.map((rule) => ({ ...rule, secondFactor: true }));
      const decisions = input.decisions.map((made) => ({ ...made, secondFactor: false }));
      expect(tally({ ...input, rules: strict, decisions }).state).not.toBe("approved");
    }),
    { numRuns: cases(1_000, 5_000) },
  );
});
