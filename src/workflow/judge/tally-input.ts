import type { MadeDecision, TallyInput } from "../../approval/tally.ts";
import type { RuleToMeet } from "../../approval/rule.ts";
import { namesOfPerson } from "../../permission/decide/identities.ts";
import type { Policy } from "../../permission/schema.ts";
import type { StoredDecision } from "../../request/decision-store.ts";
import type { Request, RequestRule } from "../../request/request.ts";
import { emailsOf } from "../../target/target.ts";

/** A request as it is counted, with every name that the policy links to requester, target and deciders. */
export function tallyInputOf(
  policy: Policy,
  request: Request,
  decisions: readonly StoredDecision[],
  now: Date,
): TallyInput {
  const { target, hash } = request.plan;
  const { id, email } = request.requester;
  return {
    rules: request.decision.rules.map((rule) => ruleToMeet(rule, namedApprovers(policy))),
    requester: { id, aliases: namesOfPerson(policy, [id, email]) },
    target: {
      isPerson: target.email !== undefined,
      aliases: namesOfPerson(policy, [target.slackId, ...emailsOf(target)]),
    },
    planHash: hash,
    expiresAt: request.expiresAt ?? new Date(0),
    decisions: decisions.map((decision): MadeDecision => ({
      personId: decision.personId,
      aliases: namesOfPerson(policy, [decision.personId, decision.email]),
      verdict: decision.verdict,
      roles: decision.roles,
      planHash: decision.planHash,
      secondFactor: decision.secondFactor,
      at: decision.at,
    })),
    now,
  };
}

/** Everybody whom the policy names as one who approves anything: whoever was taken out of it approves nothing. */
function namedApprovers({ approvals, protected: protections = [] }: Policy): ReadonlySet<string> {
  return new Set(
    [...approvals, ...protections].flatMap(({ people = [], stages = [] }) => [
      ...people,
      ...stages.flatMap((stage) => stage.people ?? []),
    ]),
  );
}

function ruleToMeet(
  { id, stages, secondFactor, escalation }: RequestRule,
  named: ReadonlySet<string>,
): RuleToMeet {
  return {
    id,
    stages: stages.map(({ parts, ...stage }) => ({
      ...stage,
      parts: parts.map((part) => ({ ...part, people: part.people.filter((id) => named.has(id)) })),
    })),
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
