import type { DatabaseClient } from "../../database/connect.ts";
import { isSamePerson, namesKnownOf } from "../../permission/decide/identities.ts";
import type { PersonFacts } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";
import { takesAccess } from "../../playbook/takes-access.ts";
import { decisionsOf } from "../../request/decision-store.ts";
import { openRequestsAbout } from "../../request/find-requests.ts";
import { findRequest } from "../../request/store.ts";
import { emailsOf, type Target } from "../../target/target.ts";

/**
 * Whether somebody would act against a person who has asked for their own access to be taken, or has approved that, and
 * it waits or runs. Such a request needs somebody else's approval; nothing else is taken from whoever is asked about.
 */
export async function isCounterRequest(
  client: DatabaseClient,
  policy: Pick<Policy, "identities">,
  requester: PersonFacts,
  { target, alsoKnownAs = [] }: { target: Target | undefined; alsoKnownAs?: readonly string[] },
): Promise<boolean> {
  if (target === undefined) return false;
  const own = namesKnownOf(requester);
  const theirs = [target.slackId, ...emailsOf(target), ...alsoKnownAs];
  const isOpponent = (...names: (string | undefined)[]) => isSamePerson(policy, names, theirs);
  const about = await openRequestsAbout(client, (whom) =>
    isSamePerson(policy, own, [whom.slackId, ...emailsOf(whom)]),
  );
  for (const id of about) {
    const request = await findRequest(client, id);
    if (request === undefined || !takesAccess(request.playbook, request.plan.steps)) continue;
    if (isOpponent(request.requester.id, request.requester.email)) return true;
    const decisions = await decisionsOf(client, id);
    if (decisions.some((one) => one.verdict === "approve" && isOpponent(one.personId, one.email)))
      return true;
  }
  return false;
}
