import type { DatabaseClient } from "../../database/connect.ts";
import { isCounter, type TakingRequest } from "../../permission/decide/counter.ts";
import { isSamePerson, namesKnownOf } from "../../permission/decide/identities.ts";
import type { PersonFacts } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";
import { takesAccess } from "../../playbook/takes-access.ts";
import { decisionsOf } from "../../request/decision-store.ts";
import { openRequestsAbout } from "../../request/find-requests.ts";
import { findRequest } from "../../request/store.ts";
import { namesOfTarget, type Target } from "../../target/target.ts";

/**
 * Whether someone would act against a person who has asked for their own access to be taken, or has approved that, and
 * it waits or runs. Such a request needs someone else's approval; nothing else is taken from the person who is asked about.
 */
export async function isCounterRequest(
  client: DatabaseClient,
  policy: Pick<Policy, "identities">,
  requester: PersonFacts,
  { target, alsoKnownAs = [] }: { target: Target | undefined; alsoKnownAs?: readonly string[] },
): Promise<boolean> {
  if (target === undefined) return false;
  const own = namesKnownOf(requester);
  const about = await openRequestsAbout(client, (whom) => isSamePerson(policy, own, namesOfTarget(whom)));
  const taking = await Promise.all(about.map((id) => takingRequest(client, id)));
  return isCounter(
    policy,
    own,
    [...namesOfTarget(target), ...alsoKnownAs],
    taking.filter((one) => one !== undefined),
  );
}

async function takingRequest(client: DatabaseClient, id: string): Promise<TakingRequest | undefined> {
  const [request, decisions] = await Promise.all([findRequest(client, id), decisionsOf(client, id)]);
  if (request === undefined || !takesAccess(request.playbook, request.plan.steps)) return undefined;
  const { requester, plan } = request;
  const approvals = decisions.filter(({ verdict }) => verdict === "approve");
  return {
    target: namesOfTarget(plan.target),
    behind: [[requester.id, requester.email], ...approvals.map(({ personId, email }) => [personId, email])],
  };
}
