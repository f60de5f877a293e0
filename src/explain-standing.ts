import type { ExplainResult, Refusal } from "./deps.ts";
import { KNOWN_PLAYBOOKS } from "./known-playbooks.ts";
import { explain, type Asked } from "./permission/explain.ts";
import type { Standing } from "./permission/roles.ts";
import type { Policy } from "./permission/schema.ts";
import { suggest } from "./permission/suggestion.ts";

interface ExplainContext {
  policy: Policy;
  /** A person's roles now. @throws DirectoryError */
  standing(personId: string): Promise<Standing>;
}

/**
 * Answers `/deadbolt explain`: why a person may or may not have something done.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function explainStanding(
  context: ExplainContext,
  asking: { askerId: string; personId: string; what: string },
): Promise<ExplainResult> {
  const { askerId, personId, what } = asking;
  const asked = findAsked(what);
  if (asked === undefined) return refused(unknownName(what));
  const [asker, person] = await Promise.all([context.standing(askerId), context.standing(personId)]);
  if (askerId !== personId && asker.roles.length === 0)
    return refused({
      rule: "what others may do is told to those who hold a role",
      reason: asker.barred ?? "You hold no role, so you can ask about yourself only.",
    });
  const found = explain(context.policy, person, asked);
  const who = found.whoCanGrant.length === 0 ? [] : [`Roles that have it: ${found.whoCanGrant.join(", ")}.`];
  return {
    kind: "explained",
    explanation: {
      title: asked.title,
      verdict: found.verdict,
      lines: [found.standing, ...found.scopes, ...found.rules, ...who],
    },
  };
}

function findAsked(what: string): (Asked & { title: string }) | undefined {
  const playbook = KNOWN_PLAYBOOKS.find(({ name }) => name === what);
  if (playbook === undefined) return undefined;
  const { name, title } = playbook;
  return { name, title, operations: playbook.operations() };
}

function unknownName(what: string): Refusal {
  const names = KNOWN_PLAYBOOKS.map(({ name }) => name);
  const meant = suggest(what, names);
  return {
    rule: "a playbook or an operation is named as docs/operations.md names it",
    reason: `There is no playbook or operation called “${what.slice(0, 100)}”.`,
    next:
      meant === undefined ? "For example: zoom-offboard, zoom.user.updateStatus." : `Did you mean ${meant}?`,
  };
}

function refused(refusal: Refusal): ExplainResult {
  return { kind: "refused", refusal };
}
