import type { Database } from "../database/connect.ts";
import { insertJudgement, type Judgement } from "../request/judgement-store.ts";
import type { Judged } from "./judge-request.ts";

/** A judgement with all that it knew of Slack and the request, and nothing of the policy: that is what may change. */
export function judgementOf(id: string, policyVersion: string, { decision, question }: Judged): Judgement {
  const { requester, target, playbook, operations, at, breaksGlass = false } = question;
  return {
    id,
    at,
    answer: decision.kind,
    rule:
      decision.kind === "needs_approval" ? decision.rules.map((rule) => rule.id).join(", ") : decision.rule,
    policyVersion,
    question: {
      requester: requester.facts,
      target,
      playbook,
      operations: operations.map(({ name }) => name),
      breaksGlass,
    },
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
