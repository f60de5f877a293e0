import { describe, expect, test } from "vitest";
import { mayDecide } from "../../src/approval/may-decide.ts";
import { tally } from "../../src/approval/tally.ts";
import type { RuleToMeet } from "../../src/approval/rule.ts";
import type { MadeDecision, TallyInput } from "../../src/approval/tally.ts";

const START = new Date("2026-03-02T09:00:00Z");

function minutesLater(minutes: number): Date {
  return new Date(START.getTime() + minutes * 60_000);
}

/** A rule of one stage. */
function rule(id: string, roles: string[], count: number): RuleToMeet {
  return { id, stages: [{ parts: [{ roles, people: [], count }] }] };
}

/** How far the one stage of a rule is. */
function missing(rule: string, roles: string[], have: number, need: number) {
  return {
    rule,
    isMet: false,
    stage: 0,
    missing: [{ part: { roles, people: [], count: need }, have, need }],
  };
}

function by(personId: string, changes: Partial<MadeDecision> = {}): MadeDecision {
  return {
    personId,
    aliases: [`${personId.toLowerCase()}@example.com`],
    verdict: "approve",
    roles: ["security"],
    planHash: "hash",
    at: minutesLater(1),
    ...changes,
  };
}

function request(changes: Partial<TallyInput> = {}): TallyInput {
  return {
    rules: [rule("approvals[0]", ["it", "security"], 1)],
    decisions: [],
    requester: { id: "U0ASKER", aliases: ["asker@example.com", "U0ASKER2"] },
    target: { aliases: ["U0SAM", "sam@example.com", "sam@old.example.com"] },
    planHash: "hash",
    now: minutesLater(5),
    expiresAt: minutesLater(60),
    ...changes,
  };
}

describe("a tally", () => {
  test("is pending until each rule has its people, and says who is missing", () => {
    const rules = [rule("approvals[0]", ["it"], 1), rule("approvals[1]", ["security"], 2)];
    const decisions = [by("U1"), by("U2", { roles: ["it", "security"] })];
    expect(tally(request({ rules, decisions: decisions.slice(0, 1) }))).toEqual({
      state: "pending",
      missing: [missing("approvals[0]", ["it"], 0, 1), missing("approvals[1]", ["security"], 1, 2)],
    });
    expect(tally(request({ rules, decisions }))).toEqual({ state: "approved", by: ["U1", "U2"] });
  });

  test.each<[string, MadeDecision]>([
    ["the requester", by("U0ASKER")],
    ["the requester under another Slack id", by("U0ASKER2")],
    [
      "the requester under another Slack id with the same e-mail",
      by("U9", { aliases: ["ASKER@Example.com "] }),
    ],
    ["the target", by("U0SAM")],
    ["the target under an old e-mail", by("U9", { aliases: ["Sam@Old.Example.com"] })],
    ["somebody without the role", by("U1", { roles: ["helpdesk"] })],
    ["somebody without any role", by("U1", { roles: [] })],
    ["somebody who saw another plan", by("U1", { planHash: "other" })],
    ["somebody at the very moment of expiry", by("U1", { at: minutesLater(60) })],
    ["somebody after expiry", by("U1", { at: minutesLater(61) })],
    ["somebody at no time at all", by("U1", { at: new Date(Number.NaN) })],
    ["somebody without a name", by("", { aliases: [" "] })],
  ])("counts nothing from %s, neither approve nor deny", (_, decision) => {
    const still = [missing("approvals[0]", ["it", "security"], 0, 1)];
    expect(tally(request({ decisions: [decision] }))).toEqual({ state: "pending", missing: still });
    expect(tally(request({ decisions: [{ ...decision, verdict: "deny" }] }))).toEqual({
      state: "pending",
      missing: still,
    });
  });

  test("sees through a chain of shared e-mails that leads to the requester", () => {
    const decisions = [
      by("U8", { aliases: ["x@example.com"] }),
      by("U9", { aliases: ["x@example.com", "asker@example.com"] }),
    ];
    expect(tally(request({ decisions })).state).toBe("pending");
    const denied = decisions.map((made) => ({ ...made, verdict: "deny" as const }));
    expect(tally(request({ decisions: denied }))).toEqual({ state: "denied", by: "U8" });
  });

  test("counts two accounts of one person once", () => {
    const rules = [rule("approvals[0]", ["security"], 2)];
    const decisions = [by("U1"), by("U1"), by("U2", { aliases: ["U1@EXAMPLE.com"] })];
    expect(tally(request({ rules, decisions }))).toEqual({
      state: "pending",
      missing: [missing("approvals[0]", ["security"], 1, 2)],
    });
  });

  test("ends with one deny from somebody who may decide, whenever it came", () => {
    const decisions = [by("U1"), by("U2", { verdict: "deny", at: minutesLater(2) })];
    expect(tally(request({ decisions }))).toEqual({ state: "denied", by: "U2" });
    expect(tally(request({ decisions: decisions.toReversed() }))).toEqual({ state: "denied", by: "U2" });
  });

  test("expires when time is up, but not what was approved in time", () => {
    const late = { now: minutesLater(60) };
    expect(tally(request(late))).toEqual({ state: "expired" });
    expect(tally(request({ ...late, decisions: [by("U1")] }))).toEqual({ state: "approved", by: ["U1"] });
    expect(tally(request({ now: new Date(Number.NaN) }))).toEqual({ state: "expired" });
  });

  test("is never made without rules, or with one that needs nobody", () => {
    expect(() => tally(request({ rules: [] }))).toThrow(RangeError);
    for (const count of [0, -1, 1.5, Number.NaN])
      expect(() => tally(request({ rules: [rule("r", ["it"], count)] }))).toThrow(RangeError);
  });
});

describe("somebody who clicks", () => {
  const decider = {
    person: { id: "U1", aliases: ["u1@example.com"] },
    roles: ["it"],
    planHash: "hash",
    at: START,
  };

  test("is told which rules the decision speaks for", () => {
    expect(mayDecide(request(), decider)).toEqual({ may: true, rules: ["approvals[0]"] });
  });

  test.each([
    ["asked for it", { person: { id: "U9", aliases: ["asker@example.com"] } }, "You asked for this yourself"],
    ["is the target", { person: { id: "U0SAM", aliases: [] } }, "This request is about you"],
    ["comes too late", { at: minutesLater(60) }, "This request has expired"],
    ["saw another plan", { planHash: "old" }, "What you were shown is not what would run now"],
    ["holds other roles", { roles: ["helpdesk"] }, "You hold none of the roles that may decide this."],
  ])("is refused in plain words when they %s", (_, changes, reason) => {
    const answer = mayDecide(request(), { ...decider, ...changes });
    expect(answer).toMatchObject({
      may: false,
      rule: expect.any(String),
      reason: expect.stringContaining(reason),
    });
  });
});
