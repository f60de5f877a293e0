import type { ActResult } from "../../deps/decision.ts";
import { barredNames, isSamePerson, namesKnownOf } from "../../permission/decide/identities.ts";
import { LOCKOUT_SCOPE, rolesWith } from "../../permission/decide/role-scopes.ts";
import { requireAnswers } from "../../permission/decide/roles.ts";
import { liftSuspensions } from "../../request/suspension-store.ts";
import type { ActContext } from "./act-context.ts";
import { openRefused } from "../events/refusal-events.ts";
import { refuser } from "../judge/refuser.ts";

/**
 * Gives someone back the power to ask and to approve that was taken from them with their access.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function restorePower(
  context: ActContext,
  askerId: string,
  personId: string,
  reason: string,
): Promise<ActResult> {
  const { policy } = context.loadedPolicy();
  const [asker, person] = await Promise.all([context.standing(askerId), context.standing(personId)]);
  const known = namesKnownOf(person.facts);
  const at = context.now();
  const refuse = refuser(context, (refusal, moment) => openRefused(askerId, "restore", refusal, moment));
  if (isSamePerson(policy, namesKnownOf(asker.facts), known))
    return refuse({
      rule: "nobody gives themselves their power back",
      reason: "This is about yourself. Somebody else has to do it.",
    });
  const holders = rolesWith(policy, LOCKOUT_SCOPE);
  if (!asker.roles.some(({ role }) => holders.includes(role))) {
    requireAnswers(asker);
    return refuse({
      rule: `giving power back needs the scope ${LOCKOUT_SCOPE}`,
      reason: `${asker.barred ?? "None of your roles grants it."} Nothing was changed.`,
      ...(holders.length === 0
        ? { next: "No role in the policy has it." }
        : { wanted: [{ roles: holders, not: [askerId, ...known] }] }),
    });
  }
  const lifted = await context.database.transaction(async (client) => {
    const requestIds = await liftSuspensions(client, barredNames(policy, known), { by: askerId, at });
    for (const requestId of requestIds)
      await context.audit(
        {
          id: `${requestId}:restored:${at.getTime()}`,
          requestId,
          type: "power.restored",
          actor: askerId,
          at,
          data: { person: personId, reason },
        },
        client,
      );
    return requestIds;
  });
  if (lifted.length === 0)
    return refuse({
      rule: "power is given back to those who lost it",
      reason: "This person has not lost the power to ask and approve by any request. Nothing was changed.",
    });
  for (const requestId of lifted) context.publish(requestId);
  return {
    kind: "done",
    sentence: `<@${personId}> can ask and approve again, as far as their roles go. It is in the request's thread and the audit log.`,
  };
}
