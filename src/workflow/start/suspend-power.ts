import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import { barredNames } from "../../permission/decide/identities.ts";
import type { Policy } from "../../permission/schema.ts";
import { takesAccess } from "../../playbook/takes-access.ts";
import type { Request } from "../../request/request.ts";
import { waitingRequestsOf } from "../../request/find-requests.ts";
import { findRequest, moveRequest } from "../../request/store.ts";
import { insertSuspension, type Suspension } from "../../request/suspension-store.ts";
import { namesOfTarget } from "../../target/target.ts";

export interface SuspendContext {
  loadedPolicy(): { policy: Policy };
}

/**
 * Takes the power to ask and to approve from whomever a request takes access from, in the moment in which it starts,
 * and voids what they have asked for and still waits. Nothing happens for requests that take no access.
 * @returns what is to be written to the audit log in the same transaction
 */
export async function suspendPower(
  context: SuspendContext,
  client: DatabaseClient,
  request: Request,
  at: Date,
): Promise<AuditEvent[]> {
  const suspension = suspensionOf(context.loadedPolicy().policy, request, at);
  if (suspension === undefined || !(await insertSuspension(client, suspension))) return [];
  return [...(await voidRequestsOf(client, suspension.names, at)), powerSuspended(request, at)];
}

/**
 * Voids what someone has asked for under any of these names and still waits, but for what takes access itself.
 * @returns what is to be written to the audit log in the same transaction
 */
export async function voidRequestsOf(
  client: DatabaseClient,
  names: readonly string[],
  at: Date,
): Promise<AuditEvent[]> {
  // All rows first: whoever decides one of them holds its row and waits for the trail.
  const voided: string[] = [];
  for (const id of await waitingRequestsOf(client, names)) {
    const waiting = await findRequest(client, id);
    // What takes someone's access waits on, for an approver to take over: a counter-attack must not end it.
    if (waiting !== undefined && takesAccess(waiting.playbook, waiting.plan.steps)) continue;
    if (await moveRequest(client, id, ["pending", "scheduled"], "cancelled", at)) voided.push(id);
  }
  return voided.map((id): AuditEvent => ({
    id: `${id}:voided`,
    requestId: id,
    type: "request.voided",
    actor: SYSTEM_ACTOR,
    at,
    data: { reason: "The requester is losing their own access.", isQuiet: true },
  }));
}

/** Who loses the power to ask and to approve by a request; undefined where it takes no access. */
export function suspensionOf(policy: Policy, request: Request, at: Date): Suspension | undefined {
  if (!takesAccess(request.playbook, request.plan.steps)) return undefined;
  const { target } = request.plan;
  const { slackId } = target;
  return {
    requestId: request.id,
    names: barredNames(policy, namesOfTarget(target)),
    since: at,
    slackId,
  };
}

/** The event that says so. */
export function powerSuspended({ id, plan: { target } }: Request, at: Date): AuditEvent {
  return {
    id: `${id}:suspended`,
    requestId: id,
    type: "power.suspended",
    actor: SYSTEM_ACTOR,
    at,
    data: { person: target.slackId ?? target.email ?? target.name },
  };
}
