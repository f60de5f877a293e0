import { describePart, type ApprovalRule } from "./approval-rules.ts";
import { isSamePerson } from "./identities.ts";
import { LOCKOUT_SCOPE, rolesWith } from "./role-scopes.ts";
import type { Policy } from "../schema.ts";

/** The rule that says so. */
export const COUNTER = "nobody alone acts against those who take their access";
/** What someone is told who may not have it at all. */
export const COUNTER_REASON =
  "This person asked for your own access to be taken, or approved it. Somebody else has to agree first. Ask without break-glass.";
const COUNTER_EXPIRY_MILLISECONDS = 24 * 60 * 60_000;

/** A request that takes someone's access, and waits or runs; by every name that is known of those concerned. */
export interface TakingRequest {
  target: readonly (string | undefined)[];
  /** The requester, and whoever approved it. */
  behind: readonly (readonly (string | undefined)[])[];
}

/** Whether someone acts against a person who asked for their own access to be taken, or approved that. */
export function isCounter(
  policy: Pick<Policy, "identities">,
  requester: readonly (string | undefined)[],
  target: readonly (string | undefined)[],
  open: readonly TakingRequest[],
): boolean {
  return open.some(
    (request) =>
      isSamePerson(policy, requester, request.target) &&
      request.behind.some((names) => isSamePerson(policy, names, target)),
  );
}

/**
 * The approval that someone needs who is about to lose their access, against those who asked for that or approved it.
 * Undefined where the policy lets nobody lock people out, so that nobody could give it.
 */
export function counterRule(policy: Policy): ApprovalRule | undefined {
  const roles = rolesWith(policy, LOCKOUT_SCOPE);
  if (roles.length === 0) return undefined;
  const part = { roles, people: [], count: 1 };
  return {
    id: COUNTER,
    description: `${describePart(part)} must approve, because they asked for your own access to be taken, or approved it.`,
    stages: [{ parts: [part] }],
    expiresMilliseconds: COUNTER_EXPIRY_MILLISECONDS,
    secondFactor: false,
    remindMilliseconds: [],
    because: "they asked for your own access to be taken, or approved it",
  };
}
