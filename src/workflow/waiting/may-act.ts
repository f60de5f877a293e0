import type { Act } from "../../deps/decision.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { isCertainlySamePerson } from "../../permission/decide/identities.ts";
import type { Standing } from "../../permission/decide/roles.ts";
import type { Request } from "../../request/request.ts";
import { findRequest } from "../../request/store.ts";
import type { ActContext } from "./act-context.ts";
import { closedRefusal, UNKNOWN_REQUEST } from "./closed-refusal.ts";
import { deciderRefusal, type DeciderContext } from "./decider-refusal.ts";
import { actRefused } from "../events/refusal-events.ts";
import { refuser } from "../judge/refuser.ts";

export type MayAct = { refusal: Refusal } | { request: Request; standing: Standing };

/**
 * Whether someone may do this to a request now; every no is kept in the audit log.
 * Cancelling and changing is for the requester, delegating for those who may decide, and speaking for all of them and
 * whoever holds a role.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function mayAct(
  context: ActContext & DeciderContext,
  requestId: string,
  personId: string,
  act: Act,
): Promise<MayAct> {
  const request = await findRequest(context.database, requestId);
  const known = request === undefined ? null : requestId;
  const refuse = refuser(context, (refusal, at) => actRefused(known, personId, act, refusal, at));
  if (request === undefined) return refuse(UNKNOWN_REQUEST);
  const isStarting = act === "cancel" && request.state === "approved";
  const over = isStarting ? undefined : closedRefusal(request);
  if (over !== undefined) return refuse(over);
  const { policy } = context.loadedPolicy();
  const standing = await context.standing(personId);
  if (standing.barred !== undefined)
    return refuse({
      rule: "guests, bots and outsiders hold no role",
      reason: `${standing.barred} Nothing was changed.`,
    });
  const { facts } = standing;
  const { requester } = request;
  const isOwn = isCertainlySamePerson(policy, [facts.id, facts.email], [requester.id, requester.email]);
  if (act === "cancel" || act === "change")
    return isOwn
      ? { request, standing }
      : refuse({
          rule: `only the requester can ${act} a request`,
          reason: "You did not ask for this. Nothing was changed.",
          next: "If you may decide it, you can deny it. You can also ask for more.",
        });
  if (act === "comment" && (isOwn || standing.roles.length > 0)) return { request, standing };
  const refusal = await deciderRefusal(context, request, personId);
  return refusal === undefined ? { request, standing } : refuse(refusal);
}
