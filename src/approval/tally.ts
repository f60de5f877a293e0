import { mayDecide } from "./may-decide.ts";
import type { OpenRequest } from "./may-decide.ts";
import { joinPeople, namesOf } from "./people.ts";

/** One click on Approve or Deny, with what was true of the person at that moment. */
export interface MadeDecision {
  personId: string;
  /** Other ids and e-mails of the same person. */
  aliases: readonly string[];
  verdict: "approve" | "deny";
  roles: readonly string[];
  /** The hash of the plan that they were shown. */
  planHash: string;
  at: Date;
}

export interface TallyInput extends OpenRequest {
  decisions: readonly MadeDecision[];
  now: Date;
}

/** Where a request stands. `missing` tells, for each rule that is not met, how many it has and how many it needs. */
export type Tally =
  | { state: "pending"; missing: { rule: string; have: number; need: number }[] }
  | { state: "approved"; by: string[] }
  | { state: "denied"; by: string }
  | { state: "expired" };

/**
 * Counts decisions. Those that `mayDecide` refuses count for nothing; one deny ends the request; each rule needs
 * its number of different people, and one person may count for several rules. The order of decisions means nothing.
 * @throws RangeError without rules, or for a rule that needs nobody: an empty list must not read as "approved"
 */
export function tally(input: TallyInput): Tally {
  const { rules, decisions } = input;
  if (rules.length === 0) throw new RangeError("There is no rule to tally decisions by.");
  for (const rule of rules)
    if (!Number.isInteger(rule.count) || rule.count < 1)
      throw new RangeError(`The rule ${rule.id} asks for ${rule.count} people; it must be at least one.`);

  const mentions = decisions.map((decision) => namesOf({ id: decision.personId, aliases: decision.aliases }));
  const involved = [namesOf(input.requester), namesOf(input.target)];
  const personKey = joinPeople([...mentions, ...involved]);
  const involvedKeys = new Set(involved.filter((names) => names.length > 0).map((names) => personKey(names)));
  const counted = decisions
    .map((decision, index) => ({ decision, person: personKey(mentions[index] ?? []) }))
    .filter(({ person }) => person !== "")
    .flatMap(({ decision, person }) => {
      const { personId: id, aliases, roles, planHash, at } = decision;
      const answer = mayDecide(input, { person: { id, aliases }, roles, planHash, at });
      return answer.may ? [{ decision, person, rules: answer.rules }] : [];
    })
    .toSorted(
      (left, right) =>
        left.decision.at.getTime() - right.decision.at.getTime() ||
        (left.decision.personId < right.decision.personId ? -1 : 1),
    );

  const denial = counted.find(({ decision }) => decision.verdict === "deny");
  if (denial) return { state: "denied", by: denial.decision.personId };
  // A chain of shared e-mails can lead to the requester even where no single decision shares a name with them. Such
  // doubt takes approvals away, and never a deny.
  const approvals = counted.filter(({ person }) => !involvedKeys.has(person));
  const standings = rules.map((rule) => ({
    rule: rule.id,
    have: new Set(approvals.filter(({ rules }) => rules.includes(rule.id)).map(({ person }) => person)).size,
    need: rule.count,
  }));
  const missing = standings.filter(({ have, need }) => have < need);
  if (missing.length === 0) {
    const firstOfEach = new Map(
      approvals.toReversed().map(({ decision, person }) => [person, decision.personId]),
    );
    return { state: "approved", by: [...firstOfEach.values()].toReversed() };
  }
  return input.now.getTime() < input.expiresAt.getTime()
    ? { state: "pending", missing }
    : { state: "expired" };
}
