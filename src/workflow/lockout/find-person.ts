import type { EnteredTarget, Candidate } from "../../deps/person.ts";
import type { FieldFault } from "../../deps/refusal.ts";
import { LOCKOUT_SCOPE, rolesWith } from "../../permission/decide/role-scopes.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { Lookups } from "../../target/find.ts";
import type { Places } from "../../target/findings.ts";
import { isKnownNowhere, type Target } from "../../target/target.ts";
import { lookUpPerson, type LookedUp } from "../submit/look-up-person.ts";
import { likelyAccounts, type LikelyAccounts, type LikelyContext } from "./likely-accounts.ts";

/** Who was found; `nowhere` where every place that was asked knows nobody under the address. */
type FoundForLockout = LookedUp | { kind: "nowhere"; target: Target };

/**
 * A vendor that does not answer, knows nobody, or knows several with the e-mail, keeps no other door open. A playbook of
 * the policy's own is told by its steps and not by doors, so it would leave out silently what it cannot do for several.
 */
function lockoutPlaces(playbook: string | undefined): Places {
  return { zoom: "may", cloudflare: playbook === undefined ? "by-email" : "may" };
}

/**
 * Finds whom a lockout is about.
 * @param personId who asks, and whose word it is that a Slack account and an address are the same person's
 * @throws DirectoryError when Slack cannot be asked
 */
export async function findForLockout(
  lookups: Lookups,
  personId: string,
  { target: { slackId, email, isSamePerson }, playbook }: { target: EnteredTarget; playbook?: string },
): Promise<FoundForLockout> {
  const isBound = isSamePerson === true && slackId !== undefined && email !== undefined;
  const asked = { slackId, email, boundBy: isBound ? personId : undefined };
  const found = await lookUpPerson(lookups, asked, lockoutPlaces(playbook));
  if (found.kind === "invalid" && slackId !== undefined && email !== undefined && !isBound)
    return { ...found, faults: found.faults.map(orBind) };
  return found.kind === "found" && isKnownNowhere(found.target)
    ? { kind: "nowhere", target: found.target }
    : found;
}

/** Only the lockout form lets someone say that an account and an address are one person's. */
function orBind(fault: FieldFault): FieldFault {
  return fault.field === "email"
    ? { ...fault, message: `${fault.message} If it is the same person, choose so below.` }
    : fault;
}

/** What may help whoever looks for someone; nothing for those who may lock nobody out. */
export async function helpToFind(
  context: LikelyContext,
  requester: Standing,
  asked: EnteredTarget,
  target: Target | undefined,
): Promise<LikelyAccounts> {
  const holders = rolesWith(context.loadedPolicy().policy, LOCKOUT_SCOPE);
  const mayLook = requester.roles.some(({ role }) => holders.includes(role));
  return mayLook ? likelyAccounts(context, asked, target) : { candidates: [], earlier: [] };
}

/** Why nobody can be locked out who is known nowhere, with those whose name or address is alike. */
export function nowhereFault(asked: EnteredTarget, candidates: readonly Candidate[]): FieldFault {
  const near = candidates.map(({ label }) => label).join("; ");
  return {
    field: asked.email === undefined ? "person" : "email",
    message: `Nobody with this address was found. Nothing was done.${near === "" ? " Check the spelling." : ` Did you mean: ${near}?`}`,
  };
}
