import type { Refusal } from "../../deps/refusal.ts";
import type { SubmissionResult } from "../../deps/submission.ts";
import type { Decision, DecisionInput } from "../../permission/decide/decide.ts";
import type { Request, RequestDecision } from "../../request/request.ts";
import { timedRule } from "../judge/rule-times.ts";

export type Created = Extract<SubmissionResult, { kind: "created" }>;

/** A no of the permission check, as people are told. */
export function refusalFrom(
  decision: Extract<Decision, { kind: "denied" }>,
  { requester, target }: Pick<DecisionInput, "requester" | "target">,
): Refusal {
  const { rule, reason, notBefore, whoCanGrant: roles = [] } = decision;
  return {
    rule,
    reason,
    notBefore,
    ...(roles.length === 0
      ? {}
      : { wanted: [{ roles, not: [requester.facts.id, ...target.slackIds, ...target.emails] }] }),
  };
}

/** The permission check's answer as it is kept with the request: with every time worked out. */
export function storedDecision(
  decision: Exclude<Decision, { kind: "denied" }>,
  at: Date,
  timeZone: string | undefined,
): RequestDecision {
  const { kind, because, unchecked } = decision;
  const note = unchecked === undefined ? {} : { unchecked };
  if (decision.kind === "needs_approval")
    return { kind, because, rules: decision.rules.map((rule) => timedRule(rule, at, timeZone)), ...note };
  const { skipped } = decision;
  return {
    kind,
    because,
    rules: [],
    ...note,
    ...(skipped === undefined ? {} : { skipped: skipped.map((rule) => timedRule(rule, at, timeZone)) }),
  };
}

/** What the requester is told of a request that is there. */
export function createdResult(request: Request): Created {
  return {
    kind: "created",
    requestId: request.id,
    title: request.plan.title,
    state: request.state,
    target: request.plan.target.name,
    channel: request.channel,
    rules: [
      ...request.decision.rules.map((rule) => rule.description),
      ...[request.decision.unmet, request.decision.unchecked].filter((one) => one !== undefined),
    ],
    alsoOpen: request.decision.alsoOpen,
  };
}
