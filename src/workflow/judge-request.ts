import type { Operation } from "../catalogue/operation.ts";
import { askedOperation } from "../permission/asked-operation.ts";
import { decide, protectionsFor, type Decision } from "../permission/decide.ts";
import type { Policy } from "../permission/schema.ts";
import type { PersonFacts, Standing } from "../permission/roles.ts";
import { emailsOf, type Target } from "../target/target.ts";

/** What judging reaches: the target's memberships in protected groups now. */
export interface JudgeContext {
  /** @throws DirectoryError */
  protectionFacts(slackId: string): Promise<Pick<PersonFacts, "id" | "groups">>;
}

/**
 * Whether somebody may have these operations run on a target.
 * @param target undefined where they are about no person
 * @throws DirectoryError when Slack cannot be asked whether the target is protected
 */
export async function judgeRequest(
  context: JudgeContext,
  policy: Policy,
  requester: Standing,
  asked: { playbook: string; operations: readonly Operation[]; target: Target | undefined },
): Promise<Decision> {
  const { target } = asked;
  const isPerson = target?.email !== undefined;
  const facts = target?.slackId === undefined ? null : await context.protectionFacts(target.slackId);
  return decide({
    policy,
    requester,
    target: {
      isPerson,
      ...(target?.slackId === undefined ? {} : { slackId: target.slackId }),
      emails: target === undefined ? [] : emailsOf(target),
    },
    targetProtections: protectionsFor(policy, facts),
    playbook: asked.playbook,
    operations: asked.operations.map((operation) => askedOperation(operation)),
  });
}
