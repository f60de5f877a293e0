import type { AuditEvent } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import type { Refusal } from "../../deps/refusal.ts";
import { isSamePerson, namesKnownOf } from "../../permission/decide/identities.ts";
import { LOCKOUT_SCOPE, rolesWith } from "../../permission/decide/role-scopes.ts";
import { requireAnswers, type Standing } from "../../permission/decide/roles.ts";
import { lockout } from "../../playbook/lockout.ts";
import { release } from "../../playbook/release.ts";
import type { Request } from "../../request/request.ts";
import { findRequest } from "../../request/store.ts";
import { namesOfTarget } from "../../target/target.ts";
import { openRefused } from "../events/refusal-events.ts";
import type { ActContext } from "../waiting/act-context.ts";
import { UNKNOWN_REQUEST } from "../waiting/closed-refusal.ts";
import { refuser } from "../judge/refuser.ts";

export interface TendContext extends ActContext {
  /** What the audit log holds of a request; as a transaction sees it, where one asks. */
  events(requestId: string, within?: DatabaseClient): Promise<readonly AuditEvent[]>;
  /** A request is to run; called after it is safely written. */
  start(requestId: string): Promise<void>;
}

type MayTend = { refusal: Refusal } | { request: Request; standing: Standing };

/**
 * Whether someone may tend a lockout or a release: the requester, and all who may ask for one. Every no is kept
 * in the audit log.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function mayTend(context: ActContext, requestId: string, personId: string): Promise<MayTend> {
  const refuse = refuser(context, (refusal, at) => openRefused(personId, "tend", refusal, at));
  const request = await findRequest(context.database, requestId);
  if (request === undefined) return refuse(UNKNOWN_REQUEST);
  if (request.playbook !== lockout.name && request.playbook !== release.name)
    return refuse({
      rule: "only a lockout or its release is tended",
      reason: `This request is neither. Nothing was changed.`,
    });
  const { policy } = context.loadedPolicy();
  const standing = await context.standing(personId);
  if (standing.barred !== undefined)
    return refuse({
      rule: "guests, bots and outsiders hold no role",
      reason: `${standing.barred} Nothing was changed.`,
    });
  const { facts } = standing;
  const { target } = request.plan;
  if (isSamePerson(policy, namesKnownOf(facts), namesOfTarget(target)))
    return refuse({
      rule: "nobody tends their own lockout",
      reason: `This is about yourself. Nothing was changed.`,
    });
  const holders = rolesWith(policy, LOCKOUT_SCOPE);
  if (!standing.roles.some(({ role }) => holders.includes(role))) {
    requireAnswers(standing);
    return refuse({
      rule: `tending a lockout needs the scope ${LOCKOUT_SCOPE}`,
      reason: `None of your roles grants it. Nothing was changed.`,
      wanted:
        holders.length === 0 ? undefined : [{ roles: holders, not: [personId, ...namesOfTarget(target)] }],
    });
  }
  return { request, standing };
}
