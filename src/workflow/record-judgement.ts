import type { Judgement } from "../request/judgement-store.ts";
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
