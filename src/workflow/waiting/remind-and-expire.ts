import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { DatabaseClient } from "../../database/connect.ts";
import type { Request } from "../../request/request.ts";
import { overdueReviews } from "../../request/review-store.ts";
import { dueRequests } from "../../request/find-requests.ts";
import { findRequest, moveRequest, setNextDeadline } from "../../request/store.ts";
import { nextDeadlineOf } from "../judge/rule-times.ts";
import { escalateOverdueReview, type EscalateContext } from "./escalate-review.ts";

export interface LookAfterContext extends EscalateContext {
  now(): Date;
}

const BATCH = 100;

/**
 * Reminds, escalates and ends waiting requests whose time has come, and escalates reviews that nobody has closed. A
 * click that comes in between is judged by the clock all the same; this is what tells people.
 * @returns how many requests and reviews were looked after
 * @throws AggregateError of what could not be looked after, once all the others were
 */
export async function lookAfterRequests(context: LookAfterContext): Promise<number> {
  const now = context.now();
  const due = await dueRequests(context.database, now, BATCH);
  const overdue = await overdueReviews(context.database, now, BATCH);
  const faults: unknown[] = [];
  // One that cannot be looked after must not keep the others waiting.
  const each = async (id: string, work: (id: string) => Promise<void>) => {
    await work(id).catch((error: unknown) => faults.push(error));
  };
  for (const id of due) await each(id, (one) => careForRequest(context, one, now));
  for (const id of overdue) await each(id, (one) => escalateOverdueReview(context, one, now));
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} of ${due.length + overdue.length} were not handled.`);
  return due.length + overdue.length;
}

async function careForRequest(context: LookAfterContext, id: string, now: Date): Promise<void> {
  const holders = await holdersAsked(context, id, now);
  await context.database.transaction(async (client) => {
    const request = await findRequest(client, id, "lock");
    if (request?.state === "pending") await lookAfter(context, client, request, { now, holders });
  });
}

/** Whether a moment has come since a request was last looked after. */
function isDue({ nextDeadline }: Request, time: string, now: Date): boolean {
  const moment = new Date(time).getTime();
  return moment >= (nextDeadline?.getTime() ?? 0) && moment <= now.getTime();
}

/** Who holds the roles that a request is escalated to; asked before the request is locked, as Slack may be slow. */
async function holdersAsked(context: LookAfterContext, id: string, now: Date): Promise<string[]> {
  const request = await findRequest(context.database, id);
  if (request === undefined) return [];
  const roles = request.decision.rules.flatMap(({ escalation }) =>
    escalation !== undefined && isDue(request, escalation.at, now) ? escalation.roles : [],
  );
  return roles.length === 0 ? [] : context.holders(request, [...new Set(roles)]);
}

async function lookAfter(
  context: LookAfterContext,
  client: DatabaseClient,
  request: Request,
  { now, holders }: { now: Date; holders: string[] },
): Promise<void> {
  const { id, expiresAt } = request;
  const event = (suffix: string, rest: Pick<AuditEvent, "type" | "data">) =>
    context.audit(
      { id: `${id}:${suffix}`, requestId: id, actor: SYSTEM_ACTOR, at: now, ...rest } as AuditEvent,
      client,
    );
  if (expiresAt !== null && expiresAt.getTime() <= now.getTime()) {
    await moveRequest(client, id, ["pending"], "expired", now);
    await event("expired", { type: "request.expired", data: { expiredAt: expiresAt.toISOString() } });
    return;
  }
  const { rules } = request.decision;
  for (const { id: rule, escalation } of rules)
    if (escalation !== undefined && isDue(request, escalation.at, now))
      await event(`escalated:${rule}:${escalation.at}`, {
        type: "request.escalated",
        data: { dueAt: escalation.at, rule, roles: escalation.roles, holders },
      });
  // After an outage one reminder is enough, however many were missed.
  const reminder = rules
    .flatMap(({ remindAt }) => remindAt)
    .filter((time) => isDue(request, time, now))
    .toSorted()
    .at(-1);
  if (reminder !== undefined)
    await event(`reminded:${reminder}`, {
      type: "request.reminded",
      data: { dueAt: reminder, expiresAt: (expiresAt ?? now).toISOString() },
    });
  await setNextDeadline(client, id, nextDeadlineOf(rules, now) ?? null);
}
