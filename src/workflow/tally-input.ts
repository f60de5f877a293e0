import type { MadeDecision, TallyInput } from "../approval/tally.ts";
import type { RuleToMeet } from "../approval/rule.ts";
import { linkedNames } from "../permission/identities.ts";
import type { Policy } from "../permission/schema.ts";
import type { StoredDecision } from "../request/decision-store.ts";
import type { Request, RequestRule } from "../request/request.ts";
import { emailsOf } from "../target/target.ts";

/** A request as it is counted, with every name that the policy links to requester, target and deciders. */
export function tallyInputOf(
  policy: Policy,
  request: Request,
  decisions: readonly StoredDecision[],
  now: Date,
): TallyInput {
  const { target, hash } = request.plan;
  const { id, email } = request.requester;
  const named = (slackId: string | undefined, emails: readonly (string | undefined)[]) =>
    linkedNames(
      policy,
      [slackId, ...emails].filter((name) => name !== undefined),
    );
  return {
    rules: request.decision.rules.map(ruleToMeet),
    requester: { id, aliases: named(id, [email]) },
    target: {
      isPerson: target.email !== undefined,
      aliases: named(target.slackId, emailsOf(target)),
    },
    planHash: hash,
    expiresAt: request.expiresAt ?? new Date(0),
    decisions: decisions.map((decision): MadeDecision => ({
      personId: decision.personId,
      aliases: named(decision.personId, [decision.email]),
      verdict: decision.verdict,
      roles: decision.roles,
      planHash: decision.planHash,
      secondFactor: decision.secondFactor,
      at: decision.at,
    })),
    now,
  };
}

function ruleToMeet({ id, stages, secondFactor, escalation }: RequestRule): RuleToMeet {
  return {
    id,
    stages,
    secondFactor,
    ...(escalation === undefined
      ? {}
      : { escalation: { at: new Date(escalation.at), roles: escalation.roles } }),
  };
}

/** The role names that the rules speak of and the policy still has: a removed role opens nothing. */
export function rolesAskedBy(rules: readonly RequestRule[], policy: Policy): string[] {
  const names = rules.flatMap(({ stages, escalation }) => [
    ...stages.flatMap((stage) => stage.parts.flatMap((part) => part.roles)),
    ...(escalation?.roles ?? []),
  ]);
  return [...new Set(names)].filter((name) => Object.hasOwn(policy.roles, name));
}
