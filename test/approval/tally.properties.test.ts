import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mayDecide } from "../../src/approval/may-decide.ts";
import { tally } from "../../src/approval/tally.ts";
import type { Part, RuleToMeet } from "../../src/approval/rule.ts";
import type { MadeDecision, TallyInput } from "../../src/approval/tally.ts";
import { cases } from "../depth.ts";

const RUNS = { numRuns: cases(800, 3_000) };
const IDS = ["U1", "U2", "U3", "U4", "U5", "U6"];
const EMAILS = IDS.map((id) => `${id.toLowerCase()}@example.com`);
const ROLES = ["alpha", "beta", "gamma"];
const EXPIRY = 100;

function at(milliseconds: number): Date {
  return new Date(milliseconds);
}

const decision: fc.Arbitrary<MadeDecision> = fc
  .record({
    who: fc.nat(IDS.length - 1),
    other: fc.option(fc.constantFrom(...EMAILS), { freq: 2 }),
    verdict: fc.oneof(
      { weight: 9, arbitrary: fc.constant("approve" as const) },
      { weight: 1, arbitrary: fc.constant("deny" as const) },
    ),
    roles: fc.subarray(ROLES),
    isStale: fc.integer({ min: 0, max: 7 }).map((value) => value === 0),
    time: fc.nat(EXPIRY + 20),
  })
  .map(({ who, other, verdict, roles, isStale, time }) => ({
    personId: IDS[who] ?? "U1",
    aliases: [EMAILS[who]?.toUpperCase() ?? "", ...(other === null || who % 2 === 0 ? [] : [other])],
    verdict,
    roles,
    planHash: isStale ? "stale" : "hash",
    at: at(time),
  }));

/** A rule of one stage with one part. */
function ruleOf(id: string, roles: string[], count: number): RuleToMeet {
  return { id, stages: [{ parts: [{ roles, people: [], count }] }] };
}

/** The one part of such a rule. */
function partOf({ stages }: RuleToMeet): Part {
  const part = stages[0]?.parts[0];
  if (part === undefined) throw new Error("The rule has no part.");
  return part;
}

const inputs: fc.Arbitrary<TallyInput> = fc
  .record({
    rules: fc.array(
      fc.record({
        roles: fc.subarray(ROLES, { minLength: 1 }),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    decisions: fc.array(decision, { maxLength: 7 }),
    requester: fc.nat(IDS.length - 1),
    target: fc.nat(IDS.length - 1),
    now: fc.nat(EXPIRY + 20),
  })
  .map(({ rules, decisions, requester, target, now }) => ({
    rules: rules.map(({ roles, count }, index) => ruleOf(`approvals[${index}]`, roles, count)),
    decisions,
    requester: { id: IDS[requester] ?? "", aliases: [EMAILS[requester] ?? ""] },
    target: { aliases: [IDS[target] ?? "", EMAILS[target] ?? ""] },
    planHash: "hash",
    now: at(now),
    expiresAt: at(EXPIRY),
  }));

function isInvolved(input: TallyInput, made: MadeDecision): boolean {
  const names = [input.requester.id, ...input.requester.aliases, ...input.target.aliases].map((name) =>
    name.toLowerCase(),
  );
  return [made.personId, ...made.aliases].some((name) => names.includes(name.toLowerCase()));
}

test("the requester, the target and their aliases change nothing, whatever they click", () => {
  fc.assert(
    fc.property(inputs, fc.array(decision, { maxLength: 3 }), fc.boolean(), (input, extra, asTarget) => {
      const { requester, target } = input;
      const own = extra.map((made) => ({
        ...made,
        personId: asTarget ? (target.aliases[0] ?? "") : "UALIAS",
        aliases: asTarget ? [] : requester.aliases.map((alias) => ` ${alias.toUpperCase()}`),
        roles: ROLES,
      }));
      expect(tally({ ...input, decisions: [...input.decisions, ...own] })).toEqual(tally(input));
    }),
    RUNS,
  );
});

test("what is approved has for every rule that many different people who may decide", () => {
  let approved = 0;
  fc.assert(
    fc.property(inputs, (input) => {
      const result = tally(input);
      if (result.state !== "approved") return;
      approved++;
      expect(new Set(result.by).size).toBe(result.by.length);
      const valid = input.decisions.filter(
        (made) =>
          made.verdict === "approve" &&
          made.planHash === "hash" &&
          made.at < input.expiresAt &&
          !isInvolved(input, made),
      );
      for (const rule of input.rules) {
        const people = new Set(
          valid
            .filter((made) => made.roles.some((role) => partOf(rule).roles.includes(role)))
            .map((made) => made.personId),
        );
        expect(people.size).toBeGreaterThanOrEqual(partOf(rule).count);
      }
    }),
    RUNS,
  );
  expect(approved).toBeGreaterThan(30);
});

test("one person under many accounts never makes two", () => {
  fc.assert(
    fc.property(inputs, fc.integer({ min: 2, max: 3 }), fc.constantFrom(...EMAILS), (input, count, email) => {
      const decisions = input.decisions.map((made, index) => ({
        ...made,
        personId: `UACCOUNT${index}`,
        aliases: [email],
        verdict: "approve" as const,
      }));
      const rules = input.rules.map((rule) => ruleOf(rule.id, [...partOf(rule).roles], count));
      expect(tally({ ...input, rules, decisions }).state).not.toBe("approved");
    }),
    RUNS,
  );
});

test("the order of decisions and rules does not matter", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const turned = tally({
        ...input,
        decisions: input.decisions.toReversed(),
        rules: input.rules.toReversed(),
      });
      const straight = tally(input);
      expect(turned.state).toBe(straight.state);
      if (turned.state === "pending" && straight.state === "pending")
        expect(turned.missing.toReversed()).toEqual(straight.missing);
      if (turned.state === "approved" && straight.state === "approved")
        expect(turned.by.toSorted()).toEqual(straight.by.toSorted());
    }),
    RUNS,
  );
});

test("expiry is monotonic: what has expired stays so, and time alone never approves or revives", () => {
  fc.assert(
    fc.property(inputs, fc.nat(200), (input, later) => {
      const before = tally(input);
      const after = tally({ ...input, now: at(input.now.getTime() + later) });
      if (before.state === "pending") expect(["pending", "expired"]).toContain(after.state);
      else expect(after).toEqual(before);
    }),
    RUNS,
  );
});

test("a decision that is refused to a person's face counts for nothing", () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const accepted = input.decisions.filter(
        ({ personId: id, aliases, roles, planHash, at }) =>
          mayDecide(input, { person: { id, aliases }, roles, planHash, at }).may,
      );
      const strict = tally({ ...input, decisions: accepted });
      const lenient = tally(input);
      if (lenient.state === "approved") expect(strict.state).toBe("approved");
      if (lenient.state === "denied") expect(strict.state).toBe("denied");
    }),
    RUNS,
  );
});
