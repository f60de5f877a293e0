import { describe, expect, test } from "vitest";
import { createPlaces } from "../../src/approval/fill-parts.ts";
import { mayDecide, type Decider } from "../../src/approval/may-decide.ts";
import { everyoneAsked, fits, type RuleToMeet } from "../../src/approval/rule.ts";
import { progressOf } from "../../src/approval/progress.ts";
import { contributionOf, tally, type MadeDecision, type TallyInput } from "../../src/approval/tally.ts";

const START = Date.parse("2026-03-02T09:00:00Z");
const minute = (minutes: number) => new Date(START + minutes * 60_000);

function rule(id: string, changes: Partial<RuleToMeet> = {}): RuleToMeet {
  return { id, stages: [{ parts: [{ roles: [id], people: [], count: 1 }] }], ...changes };
}

function by(personId: string, changes: Partial<MadeDecision> = {}): MadeDecision {
  const aliases = [`${personId.toLowerCase()}@example.com`];
  return {
    personId,
    aliases,
    verdict: "approve",
    roles: ["it"],
    planHash: "hash",
    at: minute(1),
    ...changes,
  };
}

function request(changes: Partial<TallyInput> = {}): TallyInput {
  return {
    rules: [rule("it")],
    decisions: [],
    requester: { id: "U0ASKER", aliases: ["asker@example.com"] },
    target: { aliases: ["sam@example.com"] },
    planHash: "hash",
    now: minute(5),
    expiresAt: minute(60),
    ...changes,
  };
}

function click(changes: Partial<Decider> = {}): Decider {
  return {
    person: { id: "U1", aliases: ["u1@example.com"] },
    roles: ["it"],
    planHash: "hash",
    at: minute(1),
    ...changes,
  };
}

describe("places", () => {
  test("say whether they took somebody, and forget whom they did not take", () => {
    const places = createPlaces([1, 1]);
    expect([places.add([0]), places.add([0]), places.filled(), places.isFull()]).toEqual([
      true,
      false,
      [1, 0],
      false,
    ]);
    expect([places.add([]), places.filled()]).toEqual([false, [1, 0]]);
    expect([places.add([0, 1]), places.filled(), places.isFull()]).toEqual([true, [1, 1], true]);
  });
});

describe("who may decide", () => {
  const people = [{ parts: [{ roles: [], people: ["U1"], count: 1 }] }];

  test("is somebody whom the policy names, without any role", () => {
    expect(
      mayDecide(request({ rules: [rule("by name", { stages: people })] }), click({ roles: [] })),
    ).toEqual({
      may: true,
      rules: ["by name"],
    });
    const other = click({ person: { id: "U2", aliases: ["u2@example.com"] }, roles: [] });
    expect(mayDecide(request({ rules: [rule("by name", { stages: people })] }), other)).toMatchObject({
      may: false,
      rule: "only people whom the policy asks may decide",
      reason: "You hold none of the roles that may decide this.",
      lacksRole: { roles: [], people: ["U1"] },
    });
  });

  test("is asked by role where nobody is named", () => {
    expect(mayDecide(request(), click({ roles: ["desk"] }))).toEqual({
      may: false,
      rule: "only people whom the policy asks may decide",
      reason: "You hold none of the roles that may decide this.",
      lacksRole: { roles: ["it"], people: [] },
    });
  });

  test("is told that their role's time has not come, whatever else they hold", () => {
    const escalation = { at: minute(30), roles: ["lead"] };
    const input = request({ rules: [rule("it", { escalation })] });
    expect(mayDecide(input, click({ roles: ["desk", "lead"] }))).toMatchObject({
      reason: expect.stringContaining("waited long enough"),
    });
    expect(mayDecide(input, click({ roles: ["lead"], at: minute(30) }))).toMatchObject({ may: true });
    expect(everyoneAsked(input.rules, minute(29))).toEqual({ roles: ["it"], people: [] });
    expect(everyoneAsked(input.rules, minute(30))).toEqual({ roles: ["it", "lead"], people: [] });
  });

  test("is nobody whom one of several addresses could be made to look like somebody else", () => {
    const mixed = { id: "U1", aliases: ["u1@example.com", "u\u0430dmin@example.com"] };
    expect(mayDecide(request(), click({ person: mixed }))).toMatchObject({
      may: false,
      rule: "only who is known to be somebody else decides",
      reason: expect.stringContaining("mixes letters"),
    });
  });

  test("is somebody whose id is their address", () => {
    expect(mayDecide(request(), click({ person: { id: "u1@example.com", aliases: [] } })).may).toBe(true);
  });

  test("fits from the moment of an escalation on", () => {
    const escalated = rule("it", { escalation: { at: minute(30), roles: ["lead"] } });
    const part = { roles: ["it"], people: [], count: 1 };
    const at = (minutes: number) =>
      fits(escalated, part, { personId: "U1", roles: ["lead"] }, minute(minutes));
    expect([at(29), at(30), at(31)]).toEqual([false, true, true]);
  });
});

describe("a tally", () => {
  const staged: RuleToMeet = {
    id: "staged",
    stages: ["it", "security"].map((role) => ({ parts: [{ roles: [role], people: [], count: 1 }] })),
  };

  test("takes decisions in the order of their times, and of their ids within one moment", () => {
    const first = by("U1", { roles: ["it"], at: minute(1) });
    const second = by("U2", { roles: ["security"], at: minute(2) });
    for (const decisions of [
      [first, second],
      [second, first],
    ])
      expect(tally(request({ rules: [staged], decisions })).state).toBe("approved");
    const early = { ...second, at: minute(0) };
    expect(tally(request({ rules: [staged], decisions: [first, early] })).state).toBe("pending");
    const together = [
      { ...second, at: minute(1) },
      { ...first, at: minute(1) },
    ];
    expect(tally(request({ rules: [staged], decisions: together })).state).toBe("approved");
    const swapped = [by("U2", { roles: ["it"] }), by("U1", { roles: ["security"] })];
    expect(tally(request({ rules: [staged], decisions: swapped })).state).toBe("pending");
  });

  test("says how far the stage is whose turn it is", () => {
    const decisions = [by("U1", { roles: ["it"] })];
    expect(tally(request({ rules: [staged], decisions }))).toEqual({
      state: "pending",
      missing: [
        {
          rule: "staged",
          isMet: false,
          stage: 1,
          missing: [{ part: { roles: ["security"], people: [], count: 1 }, have: 0, need: 1 }],
        },
      ],
    });
  });

  test("counts an approval with a one-time password, and none without where the rule asks for it", () => {
    const rules = [rule("it", { secondFactor: true })];
    const state = (changes: Partial<MadeDecision>) =>
      tally(request({ rules, decisions: [by("U1", changes)] })).state;
    expect([state({}), state({ secondFactor: false }), state({ secondFactor: true })]).toEqual([
      "pending",
      "pending",
      "approved",
    ]);
  });

  test("counts nobody whom a chain of addresses leads to the target, and nobody for a deny as an approval", () => {
    const chain = [
      by("U8", { aliases: ["x@example.com"] }),
      by("U9", { aliases: ["x@example.com", "sam@example.com"] }),
    ];
    expect(tally(request({ decisions: chain })).state).toBe("pending");
  });

  test("knows one person by the id alone, whatever addresses they had", () => {
    const rules = [{ id: "two", stages: [{ parts: [{ roles: ["it"], people: [], count: 2 }] }] }];
    const decisions = [by("U1"), by("U1", { aliases: ["other@example.com"], at: minute(2) })];
    expect(tally(request({ rules, decisions })).state).toBe("pending");
  });

  test("counts by the moment of each approval whether it was escalated by then", () => {
    const rules = [rule("it", { escalation: { at: minute(3), roles: ["lead"] } })];
    const state = (at: Date) =>
      tally(request({ rules, decisions: [by("U1", { roles: ["lead"], at })] })).state;
    expect([state(minute(2)), state(minute(3))]).toEqual(["pending", "approved"]);
  });

  test("says of a rule that is met that nothing is missing", () => {
    const made = { person: "u1", personId: "U1", roles: ["it"], secondFactor: false, at: minute(1) };
    expect(progressOf(rule("it"), [made])).toEqual({ rule: "it", isMet: true, stage: 1, missing: [] });
  });

  test("takes a deny for no approval when it says what one more would bring", () => {
    const decisions = [by("U2", { verdict: "deny" })];
    expect(contributionOf(request({ decisions }), by("U1")).rules).toEqual(["it"]);
  });

  test("counts people though the request concerns nobody", () => {
    const decisions = [by("U1")];
    expect(tally(request({ decisions, target: { aliases: [] } })).state).toBe("approved");
  });
});
