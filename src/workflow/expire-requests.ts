import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import { findRequest, moveRequest, overdueRequests } from "../request/store.ts";

export interface ExpireContext {
  database: Database;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  now(): Date;
}

const BATCH = 100;

/**
 * Ends pending requests whose time is over. A click that comes in between is refused by the clock all the same;
 * this is what tells people.
 * @returns how many were ended
 */
export async function expireRequests(context: ExpireContext): Promise<number> {
  const overdue = await overdueRequests(context.database, context.now(), BATCH);
  let expired = 0;
  for (const id of overdue) {
    await context.database.transaction(async (client) => {
      const request = await findRequest(client, id, "lock");
      if (request?.expiresAt == null || request.state !== "pending") return;
      await moveRequest(client, id, ["pending"], "expired", context.now());
      const event: AuditEvent = {
        id: `${id}:expired`,
        requestId: id,
        type: "request.expired",
        actor: SYSTEM_ACTOR,
        at: context.now(),
        data: { expiredAt: request.expiresAt.toISOString() },
      };
      await context.audit(event, client);
      expired += 1;
    });
  }
  return expired;
}
