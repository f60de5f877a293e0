import { mayDecide } from "./may-decide.ts";
import type { OpenRequest } from "./may-decide.ts";
import { joinPeople, namesOf } from "./people.ts";
import { bringsOn, progressOf, type Approval, type RuleProgress } from "./progress.ts";

/** One click on Approve or Deny, with what was true of the person at that moment. */
export interface MadeDecision {
  personId: string;
  /** Other ids and e-mails of the same person. */
  aliases: readonly string[];
  verdict: "approve" | "deny";
  roles: readonly string[];
  /** The hash of the plan that they were shown. */
  planHash: string;
  /** Whether a one-time password came with it; false by default. */
  secondFactor?: boolean;
  at: Date;
}

export interface TallyInput extends OpenRequest {
  decisions: readonly MadeDecision[];
  now: Date;
}

/** Where a request stands. `missing` tells how far each rule is that is not met. */
export type Tally =
  | { state: "pending"; missing: RuleProgress[] }
  | { state: "approved"; by: string[] }
  | { state: "denied"; by: string }
  | { state: "expired" };

/**
 * Counts decisions. Those that `mayDecide` refuses count for nothing; one deny ends the request; each rule needs
 * its number of different people, stage after stage, and one person may count for several rules. The order in which
 * decisions or rules are given means nothing: only their times do.
 * @throws RangeError without rules, or for a rule that needs nobody: an empty list must not read as "approved"
 */
export function tally(input: TallyInput): Tally {
  const { rules } = input;
  refuseEmptyRules(input);
  const { counted, approvals } = count(input);
  const denial = counted.find(({ decision }) => decision.verdict === "deny");
  if (denial) return { state: "denied", by: denial.decision.personId };
  const missing = rules.map((rule) => progressOf(rule, approvals)).filter(({ isMet }) => !isMet);
  if (missing.length === 0) {
    const firstOfEach = new Map(approvals.toReversed().map(({ person, personId }) => [person, personId]));
    return { state: "approved", by: [...firstOfEach.values()].toReversed() };
  }
  return input.now.getTime() < input.expiresAt.getTime()
    ? { state: "pending", missing }
    : { state: "expired" };
}

/** What one more approval would do. */
export interface Contribution {
  /** The rules that it would bring on; none where it is not this person's turn or they have a place already. */
  rules: string[];
  /** Whether one of them counts it only with a one-time password. */
  secondFactor: boolean;
}

/** Which rules one more approval would bring on, taking it to come with a one-time password. */
export function contributionOf(input: TallyInput, decision: MadeDecision): Contribution {
  refuseEmptyRules(input);
  const made = { ...decision, secondFactor: true };
  const { approvals } = count({ ...input, decisions: [...input.decisions, made] });
  const next = approvals.find((approval) => approval.decision === made);
  if (next === undefined) return { rules: [], secondFactor: false };
  const others = approvals.filter((approval) => approval !== next);
  const rules = input.rules.filter((rule) => bringsOn(rule, others, next));
  return { rules: rules.map(({ id }) => id), secondFactor: rules.some((rule) => rule.secondFactor === true) };
}

interface Counted {
  decision: MadeDecision;
  person: string;
}

function count(input: TallyInput): {
  counted: Counted[];
  approvals: (Approval & { decision: MadeDecision })[];
} {
  const { decisions } = input;
  const mentions = decisions.map((decision) => namesOf({ id: decision.personId, aliases: decision.aliases }));
  const involved = [namesOf(input.requester), namesOf(input.target)];
  const personKey = joinPeople([...mentions, ...involved]);
  const involvedKeys = new Set(involved.map((names) => personKey(names)));
  const counted = decisions
    .map((decision, index) => ({ decision, person: personKey(mentions[index] ?? []) }))
    .filter(({ decision }) => {
      const { personId: id, aliases, roles, planHash, at } = decision;
      return mayDecide(input, { person: { id, aliases }, roles, planHash, at }).may;
    })
    .toSorted(
      (left, right) =>
        left.decision.at.getTime() - right.decision.at.getTime() ||
        (left.decision.personId < right.decision.personId ? -1 : 1),
    );
  // A chain of shared e-mails can lead to the requester even where no single decision shares a name with them. Such
  // doubt takes approvals away, and never a deny.
  const approvals = counted
    .filter(({ decision, person }) => decision.verdict === "approve" && !involvedKeys.has(person))
    .map(({ decision, person }) => {
      const { personId, roles, secondFactor = false, at } = decision;
      return { person, personId, roles, secondFactor, at, decision };
    });
  return { counted, approvals };
}

function refuseEmptyRules({ rules }: TallyInput): void {
  if (rules.length === 0) throw new RangeError("There is no rule to tally decisions by.");
  for (const { id, stages } of rules) {
    if (stages.length === 0) throw new RangeError(`The rule ${id} asks for nobody.`);
    for (const { parts } of stages) {
      if (parts.length === 0) throw new RangeError(`A stage of the rule ${id} asks for nobody.`);
      for (const part of parts)
        if (!Number.isInteger(part.count) || part.count < 1)
          throw new RangeError(`The rule ${id} asks for ${part.count} people; it must be at least one.`);
    }
  }
}
