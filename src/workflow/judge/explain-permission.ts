import type { ExplainResult } from "../../deps/explanation.ts";
import type { Refusal } from "../../deps/refusal.ts";
import type { EnteredTarget as NamedTarget } from "../../deps/person.ts";
import { knownPlaybooks } from "./known-playbooks.ts";
import type { AskedTarget } from "../../permission/decide/asked-target.ts";
import {
  explain,
  type PermissionQuestion,
  type Explanation,
  type HeldBefore,
} from "../../permission/explain/explain.ts";
import type { PastRequest } from "../../permission/decide/limits.ts";
import { requireAnswers, type Standing } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";
import { sentenceText } from "../../permission/explain/sentence.ts";
import { suggest } from "../../permission/policy-file/suggestion.ts";

export interface ExplainContext {
  policy: Policy;
  /** A person's roles now. @throws DirectoryError */
  standing(personId: string): Promise<Standing>;
  /** Whom a request would be about, by every name under which they are known. @throws DirectoryError */
  targetOf(target: NamedTarget): Promise<AskedTarget>;
  /** What the person asked for before, and others where a limit counts everyone. */
  history(standing: Standing): Promise<PastRequest[]>;
  /** Every role that a person was judged holding, each with the last time. */
  lastHeld(personId: string): Promise<HeldBefore[]>;
  now(): Date;
}

/** A question about a person and something they would have done; about anybody without a target. */
export interface ExplainQuestion {
  askerId: string;
  personId: string;
  what: string;
  target?: NamedTarget;
}

/**
 * Answers `/deadbolt explain`: why a person may or may not have something done. Moments in the lines are written in
 * UTC as ISO 8601 has them.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function explainStanding(
  context: ExplainContext,
  { askerId, personId, what, target }: ExplainQuestion,
): Promise<ExplainResult> {
  const asked = findAsked(context.policy, what);
  if (asked === undefined) return refused(unknownName(context.policy, what));
  const [asker, person] = await Promise.all([context.standing(askerId), context.standing(personId)]);
  if ((askerId !== personId || target !== undefined) && asker.roles.length === 0) {
    requireAnswers(asker);
    return refused({
      rule: "what others may do, and who is protected, is told to those who hold a role",
      reason:
        asker.barred ??
        `You hold no role, so you can ask ${askerId === personId ? "without naming whom it would be about" : "about yourself only"}.`,
    });
  }
  const [found, history, lastHeld] = await Promise.all([
    target === undefined ? undefined : context.targetOf(target),
    context.history(person),
    context.lastHeld(personId),
  ]);
  const explanation = explain(context.policy, person, asked, {
    target: found,
    at: context.now(),
    history,
    lastHeld,
  });
  return {
    kind: "explained",
    explanation: { title: asked.title, verdict: explanation.verdict, lines: explanationLines(explanation) },
  };
}

/** An explanation as lines of text: the person, their scopes, whom it is about, the rules, the times. */
export function explanationLines(found: Explanation): string[] {
  const who = found.whoCanGrant.length === 0 ? [] : [`Roles that have it: ${found.whoCanGrant.join(", ")}.`];
  const sentences = [...found.roles, ...found.scopes];
  return [
    ...sentences.map(sentenceText),
    ...who,
    ...[...found.target, ...found.rules, ...found.times].map(sentenceText),
  ];
}

/** A playbook, also one of the policy's own, or an operation by its name. */
export function findAsked(
  policy: Policy,
  what: string,
): (PermissionQuestion & { title: string }) | undefined {
  const playbook = knownPlaybooks(policy).find(({ name }) => name === what);
  if (playbook === undefined) return undefined;
  const { name, title } = playbook;
  return { name, title, operations: playbook.operations() };
}

/** The no to a name that is neither a playbook nor an operation. */
export function unknownName(policy: Policy, what: string): Refusal {
  const names = knownPlaybooks(policy).map(({ name }) => name);
  const meant = suggest(what, names);
  return {
    rule: "a playbook or an operation is named as docs/operations.md or the policy names it",
    reason: `There is no playbook or operation called “${what.slice(0, 100)}”.`,
    next:
      meant === undefined ? "For example: zoom-offboard, zoom.user.updateStatus." : `Did you mean ${meant}?`,
  };
}

function refused(refusal: Refusal): ExplainResult {
  return { kind: "refused", refusal };
}
