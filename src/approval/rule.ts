/** How many different people, each holding one of the roles or named by their Slack id. */
export interface Part {
  roles: readonly string[];
  people: readonly string[];
  count: number;
}

/** What must be reached before the next stage begins: every part of it, each by people of its own. */
export interface Stage {
  name?: string;
  parts: readonly Part[];
}

/** One approval that must be reached, stage after stage. */
export interface RuleToMeet {
  id: string;
  stages: readonly Stage[];
  /** Whether an approval counts only with a one-time password. */
  secondFactor?: boolean;
  /** From when on holders of these roles count as well, in every stage. */
  escalation?: { at: Date; roles: readonly string[] };
}

/** The person who decides, as far as parts ask. */
interface Voter {
  personId: string;
  roles: readonly string[];
}

/** Whether someone may fill a place of a part at a moment. */
export function fits(rule: RuleToMeet, part: Part, { personId, roles }: Voter, at: Date): boolean {
  const { escalation } = rule;
  const isEscalated = escalation !== undefined && at.getTime() >= escalation.at.getTime();
  const wanted = isEscalated ? [...part.roles, ...escalation.roles] : part.roles;
  return part.people.includes(personId) || roles.some((role) => wanted.includes(role));
}

/** Whether someone may fill a place of any stage at a moment, its turn or not. */
export function fitsAnywhere(rule: RuleToMeet, voter: Voter, at: Date): boolean {
  return rule.stages.some((stage) => stage.parts.some((part) => fits(rule, part, voter, at)));
}

/**
 * Every role that may decide, and everyone named.
 * @param at when they would decide: roles that a rule escalates to later are left out
 */
export function everyoneAsked(rules: readonly RuleToMeet[], at: Date): { roles: string[]; people: string[] } {
  const parts = rules.flatMap(({ stages }) => stages.flatMap((stage) => stage.parts));
  return {
    roles: [
      ...new Set([
        ...parts.flatMap((part) => part.roles),
        ...rules.flatMap(({ escalation }) =>
          escalation === undefined || escalation.at.getTime() > at.getTime() ? [] : escalation.roles,
        ),
      ]),
    ],
    people: [...new Set(parts.flatMap((part) => part.people))],
  };
}
