import type { MadeDecision, TallyInput } from "../../approval/tally.ts";
import type { RuleToMeet } from "../../approval/rule.ts";
import { barredNames, namesKnownOf } from "../../permission/decide/identities.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";
import type { StoredDecision } from "../../request/decision-store.ts";
import type { Request, RequestRule } from "../../request/request.ts";
import { namesOfTarget } from "../../target/target.ts";

/** What Slack says now of those concerned, by Slack id: every e-mail that they have, and had of late. */
export type KnownNames = ReadonlyMap<string, readonly string[]>;

/**
 * A request as it is counted, with every name of requester, target and deciders: those that were written down, those
 * that are known now, and those that the policy links to them.
 */
export function tallyInputOf(
  policy: Policy,
  request: Request,
  decisions: readonly StoredDecision[],
  now: Date,
  known: KnownNames = new Map(),
): TallyInput {
  const knownOf = (slackId: string | undefined) => (slackId === undefined ? [] : (known.get(slackId) ?? []));
  const { target, hash } = request.plan;
  const { id, email } = request.requester;
  return {
    rules: request.decision.rules.map((rule) => ruleToMeet(rule, namedApprovers(policy))),
    requester: { id, aliases: barredNames(policy, [id, email, ...knownOf(id)]) },
    target: {
      isPerson: target.email !== undefined,
      aliases: barredNames(policy, [...namesOfTarget(target), ...knownOf(target.slackId)]),
    },
    planHash: hash,
    expiresAt: request.expiresAt ?? new Date(0),
    decisions: decisions.map((decision): MadeDecision => ({
      personId: decision.personId,
      aliases: barredNames(policy, [decision.personId, decision.email, ...knownOf(decision.personId)]),
      verdict: decision.verdict,
      roles: decision.roles,
      planHash: decision.planHash,
      secondFactor: decision.secondFactor,
      at: decision.at,
    })),
    now,
  };
}

/** Everyone whom the policy names as one who approves anything: whoever was taken out of it approves nothing. */
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

/**
 * Asks Slack afresh who asked for a request and whom it is about.
 * @throws DirectoryError when Slack cannot be asked: then nothing is decided
 */
export async function concernedNow(
  standing: (personId: string, roleNames: readonly string[]) => Promise<Standing>,
  { requester, plan: { target } }: Request,
): Promise<KnownNames> {
  const ids = [requester.id, ...(target.slackId === undefined ? [] : [target.slackId])];
  return knownNamesOf(await Promise.all([...new Set(ids)].map((id) => standing(id, []))));
}

/**
 * Every name of someone who decides. Whose e-mail Slack does not show now is known by their id alone, unless the policy
 * links an e-mail to it: addresses that they had before do not show who they are now.
 */
export function namesOfDecider(policy: Policy, facts: Standing["facts"]): string[] {
  const linked = barredNames(policy, [facts.id]);
  const isKnown = facts.email !== undefined || linked.some((name) => name.includes("@"));
  return isKnown ? barredNames(policy, namesKnownOf(facts)) : linked;
}

/** What Slack said of these people, by their Slack ids. */
export function knownNamesOf(standings: readonly Standing[]): Map<string, readonly string[]> {
  return new Map(standings.map(({ facts }) => [facts.id, namesKnownOf(facts)]));
}
