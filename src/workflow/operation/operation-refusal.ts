import type { Operation } from "../../catalogue/operation.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { askedBeforeInput } from "../../permission/decide/asked-operation.ts";
import { decide } from "../../permission/decide/decide.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";

/** Someone else than anybody who asks, protected by nothing. */
const SOMEBODY_ELSE = { isPerson: false, slackIds: [], emails: [], groups: {} };

/** What someone is told whose look would need an approval. */
export const LOOK_NEEDS_APPROVAL: Refusal = {
  rule: "an answer for one person's eyes cannot wait for an approval",
  reason:
    "The policy asks for an approval here, and this is only shown at once or not at all. Nothing was read.",
  next: "The policy's owner can set `count: 0` for it.",
};

/** Why someone could not use an operation about anybody, whomever it is about; undefined where they could. */
export function operationRefusal(
  policy: Policy,
  standing: Standing,
  operation: Operation,
  at: Date,
): Refusal | undefined {
  const decision = decide({
    policy,
    requester: standing,
    target: SOMEBODY_ELSE,
    playbook: operation.name,
    operations: [askedBeforeInput(operation)],
    at,
    history: [],
  });
  if (decision.kind === "allowed") return undefined;
  if (decision.kind === "needs_approval") return operation.risk === "read" ? LOOK_NEEDS_APPROVAL : undefined;
  const { rule, reason, whoCanGrant = [] } = decision;
  return {
    rule,
    reason: `${reason} Nothing was opened.`,
    ...(whoCanGrant.length === 0 ? {} : { wanted: [{ roles: whoCanGrant, not: [standing.facts.id] }] }),
  };
}
