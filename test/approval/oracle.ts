import type { RuleToMeet } from "../../src/approval/rule.ts";
import type { MadeDecision, TallyInput } from "../../src/approval/tally.ts";

const lower = (name: string) => name.trim().toLowerCase();

function namesOf({ id, aliases }: { id?: string; aliases: readonly string[] }): string[] {
  return [...(id === undefined ? [] : [id]), ...aliases].map(lower).filter((name) => name !== "");
}

/** Whether someone's word could count at all, read plainly. */
function mayCount(input: TallyInput, rule: RuleToMeet, made: MadeDecision): boolean {
  const own = namesOf({ id: made.personId, aliases: made.aliases });
  const concerned = [...namesOf(input.requester), ...namesOf(input.target)];
  return (
    own.length > 0 &&
    !own.some((name) => concerned.includes(name)) &&
    made.planHash === input.planHash &&
    made.at.getTime() < input.expiresAt.getTime() &&
    (rule.secondFactor !== true || made.secondFactor === true)
  );
}

/**
 * Whether there is any way at all in which these approvals could meet a rule: for every place of every stage a person
 * of its own who may take it, and nobody of a later stage before someone of an earlier one. It tries all of them.
 */
export function couldBeMet(input: TallyInput, rule: RuleToMeet): boolean {
  const approvals = input.decisions.filter(
    (made) => made.verdict === "approve" && mayCount(input, rule, made),
  );
  const places = rule.stages.flatMap((stage, index) =>
    stage.parts.flatMap((part) => Array.from({ length: part.count }, () => ({ index, part }))),
  );
  const fits = (made: MadeDecision, { part }: (typeof places)[number]) => {
    const { escalation } = rule;
    const isEscalated = escalation !== undefined && made.at.getTime() >= escalation.at.getTime();
    const roles = isEscalated ? [...part.roles, ...escalation.roles] : part.roles;
    return part.people.includes(made.personId) || made.roles.some((role) => roles.includes(role));
  };
  function place(next: number, taken: readonly MadeDecision[], indexes: readonly number[]): boolean {
    const wanted = places[next];
    if (wanted === undefined) return true;
    return approvals.some((made) => {
      if (!fits(made, wanted)) return false;
      // One person under several accounts is one person.
      const own = namesOf({ id: made.personId, aliases: made.aliases });
      const isTaken = taken.some((other) =>
        namesOf({ id: other.personId, aliases: other.aliases }).some((name) => own.includes(name)),
      );
      if (isTaken) return false;
      const isTooEarly = taken.some(
        (other, at) => (indexes[at] ?? 0) < wanted.index && other.at.getTime() > made.at.getTime(),
      );
      return !isTooEarly && place(next + 1, [...taken, made], [...indexes, wanted.index]);
    });
  }
  return place(0, [], []);
}

/** Whether someone who may decide has denied it. */
export function isDeniedPlainly(input: TallyInput): boolean {
  return input.decisions.some(
    (made) =>
      made.verdict === "deny" &&
      input.rules.some(
        (rule) =>
          mayCount(input, { ...rule, secondFactor: false }, made) &&
          rule.stages.some((stage) =>
            stage.parts.some(
              (part) =>
                part.people.includes(made.personId) ||
                made.roles.some((role) => part.roles.includes(role)) ||
                (rule.escalation !== undefined &&
                  made.at.getTime() >= rule.escalation.at.getTime() &&
                  made.roles.some((role) => rule.escalation?.roles.includes(role))),
            ),
          ),
      ),
  );
}
