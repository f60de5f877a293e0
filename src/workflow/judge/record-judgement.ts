import type { Database } from "../../database/connect.ts";
import { recordQuestion } from "../../permission/simulate/recorded-question.ts";
import { insertJudgement, type Judgement } from "../../request/judgement-store.ts";
import type { Judged } from "./judge-request.ts";

/** A judgement with all that it knew of Slack and the request, so that another policy can be asked the same. */
export function judgementOf(
  id: string,
  policyVersion: string,
  { decision, question, changes }: Judged,
): Judgement {
  return {
    id,
    at: question.at,
    answer: decision.kind,
    rule:
      decision.kind === "needs_approval" ? decision.rules.map((rule) => rule.id).join(", ") : decision.rule,
    policyVersion,
    question: recordQuestion(question, decision, changes),
  };
}

/** Keeps a no as well: another policy might have said otherwise. A form that is sent again is another judgement. */
export async function recordDenied(
  context: { database: Database },
  viewId: string,
  policyVersion: string,
  judged: Judged,
): Promise<void> {
  const id = `${viewId}:denied:${judged.question.at.getTime()}`;
  await insertJudgement(context.database, judgementOf(id, policyVersion, judged));
}
