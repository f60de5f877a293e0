import type { AuditEvent } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import { release, releaseFields } from "../../playbook/release.ts";
import { releaseLockouts } from "../../request/lockout-store.ts";
import type { Request } from "../../request/request.ts";
import { liftSuspensionsOf } from "../../request/suspension-store.ts";

/**
 * A release that went through ends the lockouts that it was asked for: they are watched no longer, and the person may
 * ask and approve again. One that did not leaves them standing, and can be tried again.
 * @returns what is to be written to the audit log in the same transaction, of the requests that have news of it
 */
export async function endRelease(
  client: DatabaseClient,
  request: Request,
  at: Date,
): Promise<(AuditEvent & { requestId: string })[]> {
  if (request.playbook !== release.name || request.state !== "done") return [];
  const { lockouts } = releaseFields.parse(request.plan.fields);
  const { name, slackId } = request.plan.target;
  const requestIds = await releaseLockouts(client, { requestIds: lockouts, by: request.id, at });
  const lifted = await liftSuspensionsOf(client, lockouts, { by: request.requester.id, at });
  const common = { actor: request.requester.id, at };
  return [
    ...requestIds.map((requestId) => ({
      id: `${requestId}:released`,
      requestId,
      type: "lockout.released" as const,
      ...common,
      data: { by: request.id },
    })),
    ...lifted.map((requestId) => ({
      id: `${requestId}:restored:${request.id}`,
      requestId,
      type: "power.restored" as const,
      ...common,
      data: { person: slackId ?? name, reason: "Released from the lockout." },
    })),
  ];
}
