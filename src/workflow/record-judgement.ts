import type { Database } from "../database/connect.ts";
import { comparable } from "../permission/identities.ts";
import { insertJudgement, type Judgement } from "../request/judgement-store.ts";
import type { Judged } from "./judge-request.ts";

/**
 * A judgement with all that it knew of Slack and the request. The policy may change and is not kept, but for what it
 * added to the facts: which names it linked to the target's, and the roles that the requester held by it.
 */
export function judgementOf(
  id: string,
  policyVersion: string,
  { decision, question, changes }: Judged,
): Judgement {
  const { policy, requester, target, playbook, operations, at, breaksGlass = false } = question;
  const names = [...target.slackIds, ...target.emails].map(comparable);
  return {
    id,
    at,
    answer: decision.kind,
    rule:
      decision.kind === "needs_approval" ? decision.rules.map((rule) => rule.id).join(", ") : decision.rule,
    policyVersion,
    question: {
      requester: requester.facts,
      roles: requester.roles,
      target,
      links: (policy.identities ?? []).filter((person) =>
        person.some((name) => names.includes(comparable(name))),
      ),
      playbook,
      operations: operations.map(({ name }) => name),
      breaksGlass,
      ...(changes === undefined ? {} : { changes }),
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
