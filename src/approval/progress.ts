import { createPlaces } from "./fill-parts.ts";
import { fits, type Part, type RuleToMeet } from "./rule.ts";

/** An approval that counts at all: by whom, with which roles, and when. */
export interface Approval {
  /** Equal for equal people, whatever account they used. */
  person: string;
  personId: string;
  roles: readonly string[];
  secondFactor: boolean;
  at: Date;
}

/** How far a rule is. */
export interface RuleProgress {
  rule: string;
  isMet: boolean;
  /** The stage whose turn it is, from 0. */
  stage: number;
  /** What the stage whose turn it is still waits for; empty when the rule is met. */
  missing: { part: Part; have: number; need: number }[];
}

/**
 * Goes through the approvals in their order. Each person has one place in a rule; an approval goes to the stage whose
 * turn it was, and to nothing where that one had no place for them.
 * @param approvals sorted by time
 */
export function progressOf(rule: RuleToMeet, approvals: readonly Approval[]): RuleProgress {
  const used = new Set<string>();
  let index = 0;
  let places = createPlaces(countsOf(rule, index));
  for (const approval of approvals) {
    const stage = rule.stages[index];
    if (stage === undefined) break;
    if (used.has(approval.person) || (rule.secondFactor === true && !approval.secondFactor)) continue;
    const parts = stage.parts.flatMap((part, place) =>
      fits(rule, part, approval, approval.at) ? [place] : [],
    );
    if (!places.add(parts)) continue;
    used.add(approval.person);
    if (!places.isFull()) continue;
    index += 1;
    places = createPlaces(countsOf(rule, index));
  }
  const stage = rule.stages[index];
  if (stage === undefined) return { rule: rule.id, isMet: true, stage: index, missing: [] };
  const have = places.filled();
  const missing = stage.parts
    .map((part, place) => ({ part, have: have[place] ?? 0, need: part.count }))
    .filter((one) => one.have < one.need);
  return { rule: rule.id, isMet: false, stage: index, missing };
}

function countsOf(rule: RuleToMeet, index: number): number[] {
  return (rule.stages[index]?.parts ?? []).map((part) => part.count);
}

/** Whether one more approval brings a rule on. */
export function bringsOn(rule: RuleToMeet, approvals: readonly Approval[], next: Approval): boolean {
  const before = progressOf(rule, approvals);
  const after = progressOf(rule, [...approvals, next]);
  if (after.stage > before.stage) return true;
  const sum = (progress: RuleProgress) =>
    progress.missing.reduce((total, { have, need }) => total + need - have, 0);
  return sum(after) < sum(before);
}
