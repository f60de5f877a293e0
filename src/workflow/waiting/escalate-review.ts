import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import type { Request } from "../../request/request.ts";
import { findReview, markReviewEscalated } from "../../request/review-store.ts";
import { findRequest } from "../../request/store.ts";

export interface EscalateContext {
  database: Database;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  /** Slack ids of those with these roles, to write to; as far as they can be told at all, so it never throws. */
  holders(request: Request, roles: readonly string[]): Promise<string[]>;
}

/** Escalates a break-glass review that nobody has closed in time; once, whoever else does the same. */
export async function escalateOverdueReview(context: EscalateContext, id: string, now: Date): Promise<void> {
  const holders = await reviewersAsked(context, id);
  await context.database.transaction((client) => escalate(context, client, id, { now, holders }));
}

async function reviewersAsked(context: EscalateContext, requestId: string): Promise<string[]> {
  const [request, review] = await Promise.all([
    findRequest(context.database, requestId),
    findReview(context.database, requestId),
  ]);
  if (request === undefined || review === undefined || review.escalateTo.length === 0) return [];
  return context.holders(request, review.escalateTo);
}

async function escalate(
  context: EscalateContext,
  client: DatabaseClient,
  requestId: string,
  { now, holders }: { now: Date; holders: string[] },
): Promise<void> {
  const review = await findReview(client, requestId, "lock");
  if (review === undefined || review.closedAt !== null || review.escalatedAt !== null) return;
  await markReviewEscalated(client, requestId, now);
  await context.audit(
    {
      id: `${requestId}:review:escalated`,
      requestId,
      type: "review.escalated",
      actor: SYSTEM_ACTOR,
      at: now,
      data: { dueAt: review.dueAt.toISOString(), roles: review.escalateTo, holders },
    },
    client,
  );
}
