import { describe, expect, test } from "vitest";
import { contributionOf, tally } from "../../src/approval/tally.ts";
import type { RuleToMeet, Stage } from "../../src/approval/rule.ts";
import type { MadeDecision, TallyInput } from "../../src/approval/tally.ts";

const START = Date.parse("2026-03-02T09:00:00Z");

function by(personId: string, roles: string[], minute = 1, changes: Partial<MadeDecision> = {}) {
  const aliases = [`${personId.toLowerCase()}@example.com`];
  const at = new Date(START + minute * 60_000);
  return { personId, aliases, verdict: "approve" as const, roles, planHash: "hash", at, ...changes };
}

function stage(...parts: [role: string, count: number][]): Stage {
  return { parts: parts.map(([role, count]) => ({ roles: [role], people: [], count })) };
}

function rule(id: string, stages: Stage[], changes: Partial<RuleToMeet> = {}): RuleToMeet {
  return { id, stages, ...changes };
}

function request(rules: RuleToMeet[], decisions: MadeDecision[] = []): TallyInput {
  return {
    rules,
    decisions,
    requester: { id: "U0ASKER", aliases: ["asker@example.com"] },
    target: { aliases: ["sam@example.com"] },
    planHash: "hash",
    now: new Date(START + 5 * 60_000),
    expiresAt: new Date(START + 60 * 60_000),
  };
}

describe("one more approval brings on", () => {
  const it = rule("it", [stage(["it", 2])]);
  const security = rule("security", [stage(["security", 1])], { secondFactor: true });

  test("each rule with a place for the person, and no other", () => {
    expect(contributionOf(request([it, security]), by("U1", ["it"]))).toEqual({
      rules: ["it"],
      secondFactor: false,
    });
    expect(contributionOf(request([it, security]), by("U1", ["it", "security"]))).toEqual({
      rules: ["it", "security"],
      secondFactor: true,
    });
    expect(contributionOf(request([security]), by("U1", ["security"]))).toEqual({
      rules: ["security"],
      secondFactor: true,
    });
  });

  test("a rule of several places with the first as with the last", () => {
    const first = by("U1", ["it"]);
    expect(contributionOf(request([it], [first]), by("U2", ["it"], 2)).rules).toEqual(["it"]);
  });

  test("nothing where the person has a place already", () => {
    const made = by("U1", ["it"]);
    expect(contributionOf(request([it], [made]), by("U1", ["it"], 2))).toEqual({
      rules: [],
      secondFactor: false,
    });
  });

  test("nothing where the rule is met", () => {
    const made = [by("U1", ["it"]), by("U2", ["it"])];
    expect(contributionOf(request([it], made), by("U3", ["it"], 2)).rules).toEqual([]);
  });

  test("nothing where the decision does not count", () => {
    expect(contributionOf(request([it, security]), by("U0ASKER", ["it", "security"]))).toEqual({
      rules: [],
      secondFactor: false,
    });
  });

  test("a rule whose stage it ends, though the next one waits for more people than that one did", () => {
    const staged = rule("staged", [stage(["it", 1]), stage(["security", 3])]);
    expect(contributionOf(request([staged]), by("U1", ["it"])).rules).toEqual(["staged"]);
  });

  test("a rule of which it fills one part of two", () => {
    const both = rule("both", [stage(["it", 1], ["security", 1])]);
    expect(contributionOf(request([both]), by("U1", ["it"])).rules).toEqual(["both"]);
  });

  test("nothing of a stage whose turn has not come", () => {
    const staged = rule("staged", [stage(["it", 1]), stage(["security", 1])]);
    expect(contributionOf(request([staged]), by("U1", ["security"])).rules).toEqual([]);
  });

  test("is refused for rules that ask for nobody", () => {
    const empty = [[], [rule("none", [])], [rule("none", [stage()])]];
    for (const rules of empty) {
      expect(() => contributionOf(request(rules), by("U1", ["it"]))).toThrow(RangeError);
      expect(() => tally(request(rules))).toThrow(RangeError);
    }
  });
});

describe("a place in a part", () => {
  const mixed = rule("mixed", [stage(["it", 1], ["security", 1])]);

  test("is given up to somebody who fits nowhere else, by somebody who does", () => {
    const decisions = [by("U1", ["it", "security"]), by("U2", ["it"], 2)];
    expect(tally(request([mixed], decisions)).state).toBe("approved");
  });

  test("is kept where nobody can move", () => {
    const decisions = [by("U1", ["it"]), by("U2", ["it"], 2)];
    expect(tally(request([mixed], decisions))).toMatchObject({
      state: "pending",
      missing: [{ missing: [{ part: { roles: ["security"] }, have: 0, need: 1 }] }],
    });
  });

  test("moves on along a chain, through the one of several holders who can", () => {
    const chain = rule("chain", [stage(["a", 2], ["b", 1], ["c", 1])]);
    const decisions = [
      by("U1", ["a", "c"]),
      by("U2", ["a"], 2),
      by("U3", ["b", "c"], 3),
      by("U4", ["a", "b"], 4),
    ];
    expect(tally(request([chain], decisions)).state).toBe("approved");
  });
});
