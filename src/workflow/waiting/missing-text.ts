import type { RuleProgress } from "../../approval/progress.ts";
import type { Tally } from "../../approval/tally.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { describePart } from "../../permission/decide/approval-rules.ts";
import type { Request } from "../../request/request.ts";

/** What a rule still waits for, as a person would say it. */
export function missingText({ rule, missing }: RuleProgress): string {
  const parts = missing.map(({ part, have, need }) => {
    const { roles, people } = part;
    const who = describePart({ roles: [...roles], people: [...people], count: 1 }).replace("one person ", "");
    return `${need - have} more ${who}`;
  });
  return `${parts.join(" and ")} (${rule})`;
}

/** What somebody is told who may decide, but whose approval would bring nothing on now. */
export function notYourTurn(count: Tally, request: Request): Refusal {
  const rule = "each stage is approved by those whose turn it is";
  if (count.state !== "pending")
    return { rule, reason: "Your approval is no longer needed. Your click changed nothing." };
  const missing = count.missing.map((progress) => missingText(progress)).join("; ");
  const isStaged = request.decision.rules.some(({ stages }) => stages.length > 1);
  const turn = isStaged ? "It is not your turn, or" : "It is";
  return {
    rule,
    reason: `${turn} not your approval that is missing. Still needed: ${missing}. Your click changed nothing.`,
    namesPeople: true,
  };
}
