import type { RuleProgress } from "../../approval/progress.ts";
import type { Tally, TallyInput } from "../../approval/tally.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { Request } from "../../request/request.ts";
import type { Wanted } from "../../request/wanted.ts";

/** Every id and e-mail of those who cannot help: those concerned, and the person who has decided about this plan. */
export function cannotHelp({ requester, target, decisions, planHash }: TallyInput): string[] {
  const deciders = decisions.filter((decision) => decision.planHash === planHash);
  return [
    requester.id,
    ...requester.aliases,
    ...target.aliases,
    ...deciders.flatMap(({ personId, aliases }) => [personId, ...aliases]),
  ];
}

/** The approvals that are missing in the stages whose turn it is. */
export function wantedFor(missing: readonly RuleProgress[], not: readonly string[]): Wanted[] {
  return missing.flatMap((progress) =>
    progress.missing.map(({ part: { roles, people }, have, need }) => ({
      roles,
      people,
      not,
      missing: need - have,
    })),
  );
}

/** What someone reads who may decide, but whose approval would bring nothing on now. */
export function notYourTurn(count: Tally, request: Request, input: TallyInput, personId: string): Refusal {
  const rule = "each stage is approved by those whose turn it is";
  if (count.state !== "pending")
    return { rule, reason: "Your approval is no longer needed. Your click changed nothing." };
  const isStaged = request.decision.rules.some(({ stages }) => stages.length > 1);
  const turn = isStaged ? "It is not your turn, or" : "It is";
  return {
    rule,
    reason: `${turn} not your approval that is missing. Your click changed nothing.`,
    wanted: wantedFor(count.missing, [...cannotHelp(input), personId]),
  };
}
