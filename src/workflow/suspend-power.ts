import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { DatabaseClient } from "../database/connect.ts";
import { comparable, linkedNames } from "../permission/identities.ts";
import type { Policy } from "../permission/schema.ts";
import { takesAccess } from "../playbook/takes-access.ts";
import type { Request } from "../request/request.ts";
import { moveRequest, waitingRequestsOf } from "../request/store.ts";
import { insertSuspension } from "../request/suspension-store.ts";
import { emailsOf } from "../target/target.ts";

export interface SuspendContext {
  loadedPolicy(): { policy: Policy };
}

/**
 * Takes the power to ask and to approve from whomever a request takes access from, in the moment in which it starts,
 * and voids what they have asked for and still waits. Nothing happens for requests that take no access.
 * @returns what is to be written to the audit trail in the same transaction
 */
export async function suspendPower(
  context: SuspendContext,
  client: DatabaseClient,
  request: Request,
  at: Date,
): Promise<AuditEvent[]> {
  if (!takesAccess(request.playbook, request.plan.steps)) return [];
  const { target } = request.plan;
  const known = [...(target.slackId === undefined ? [] : [target.slackId]), ...emailsOf(target)];
  const names = linkedNames(context.loadedPolicy().policy, known).map(comparable);
  const { slackId } = target;
  const suspension = {
    requestId: request.id,
    names,
    since: at,
    ...(slackId === undefined ? {} : { slackId }),
  };
  if (!(await insertSuspension(client, suspension))) return [];
  // All rows first: whoever decides one of them holds its row and waits for the trail.
  const voided: string[] = [];
  for (const id of await waitingRequestsOf(client, names))
    if (await moveRequest(client, id, ["pending", "scheduled"], "cancelled", at)) voided.push(id);
  const common = { actor: SYSTEM_ACTOR, at };
  return [
    ...voided.map((id): AuditEvent => ({
      id: `${id}:voided`,
      requestId: id,
      type: "request.voided",
      ...common,
      data: { reason: "Whoever asked for this is losing their own access.", isQuiet: true },
    })),
    {
      id: `${request.id}:suspended`,
      requestId: request.id,
      type: "power.suspended",
      ...common,
      data: { person: slackId ?? target.email ?? target.name },
    },
  ];
}
