import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { Database, DatabaseClient } from "../../database/connect.ts";
import { voidDecisions } from "../../request/decision-store.ts";
import type { Request } from "../../request/request.ts";
import { findRequest, moveRequest, putBack, setNextDeadline } from "../../request/store.ts";
import type { Policy } from "../../permission/schema.ts";
import type { StartCheck } from "./check-approvals.ts";
import { isSlackSilent, isWordSuspended, type CheckAge } from "./checked-just-now.ts";

export interface MayStartContext {
  database: Database;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  publish(requestId: string): void;
  /** @throws DirectoryError, or whatever keeps people from being asked about */
  check(request: Request): Promise<StartCheck>;
  /** How long ago the same check let it start. */
  checkAge(request: Request, now: Date): CheckAge;
  loadedPolicy(): { policy: Pick<Policy, "identities"> };
  now(): Date;
}

/** When a start is tried again that could not be decided; each time a little later, up to the longest pause. */
const AGAIN_MILLISECONDS = 5_000;
const LONGEST_PAUSE_MILLISECONDS = 60_000;
/** What could not be decided for so long is not started any more. */
const PATIENCE_MILLISECONDS = 24 * 60 * 60_000;
const GIVEN_UP: Exclude<StartCheck, { kind: "start" }> = {
  kind: "void",
  reason: "For a day nobody could be asked whether those who approved it still may. Ask for it again.",
};

/**
 * Whether an approved request may start now. Where its approvals no longer suffice it waits for others; where whoever
 * asked may not have it any more it ends; where nobody can be asked it starts if that was done a moment ago, and else
 * waits, and is tried again.
 */
export async function mayStart(context: MayStartContext, request: Request): Promise<boolean> {
  const due = context.now();
  const answer = await context
    .check(request)
    .catch((error: unknown) => withoutSlack(context, request, due, error));
  if (answer.kind === "start") {
    const by = answer.takenOverBy?.facts.id;
    if (by !== undefined)
      await context.audit({
        id: `${request.id}:taken-over:${request.attempt}`,
        requestId: request.id,
        type: "request.taken_over",
        actor: by,
        at: context.now(),
        data: { from: request.requester.id },
      });
    return true;
  }
  const since = request.decidedAt?.getTime() ?? 0;
  const hasEnded =
    answer.kind === "wait" &&
    answer.until === undefined &&
    context.now().getTime() - since > PATIENCE_MILLISECONDS;
  await context.database.transaction(async (client) => {
    const locked = await findRequest(client, request.id, "lock");
    if (locked?.state === "approved" && locked.attempt === request.attempt)
      await holdUp(context, client, locked, hasEnded ? GIVEN_UP : answer);
  });
  context.publish(request.id);
  return false;
}

/** What becomes of a request about which Slack could not be asked; recorded where it starts all the same. */
async function withoutSlack(
  context: MayStartContext,
  request: Request,
  due: Date,
  error: unknown,
): Promise<StartCheck> {
  const { database } = context;
  const { policy } = context.loadedPolicy();
  const isChecked = isSlackSilent(error) && context.checkAge(request, due) !== "none";
  if (isChecked && !(await isWordSuspended(database, policy, request))) {
    await context.audit({
      id: `${request.id}:start-unconfirmed:${request.attempt}`,
      requestId: request.id,
      type: "start.unconfirmed",
      actor: SYSTEM_ACTOR,
      at: context.now(),
      data: { approvedAt: (request.decidedAt ?? due).toISOString() },
    });
    return { kind: "start" };
  }
  return {
    kind: "wait",
    reason: "Slack cannot be asked whether those who approved still may. It starts as soon as it can.",
  };
}

function pauseAfter(attempt: number): number {
  return Math.min(AGAIN_MILLISECONDS * 1.5 ** Math.min(attempt, 20), LONGEST_PAUSE_MILLISECONDS);
}

async function holdUp(
  context: MayStartContext,
  client: DatabaseClient,
  request: Request,
  answer: Exclude<StartCheck, { kind: "start" }>,
): Promise<void> {
  const at = context.now();
  const event = (suffix: string, rest: Pick<AuditEvent, "type" | "data">) =>
    context.audit(
      {
        id: `${request.id}:${suffix}`,
        requestId: request.id,
        actor: SYSTEM_ACTOR,
        at,
        ...rest,
      } as AuditEvent,
      client,
    );
  switch (answer.kind) {
    case "void":
      await moveRequest(client, request.id, ["approved"], "cancelled", at);
      await event("voided", {
        type: "request.voided",
        data: { reason: answer.reason, isQuiet: answer.isQuiet },
      });
      return;
    case "lapsed":
      await voidDecisions(
        client,
        request.id,
        at,
        answer.people.map(({ personId }) => personId),
      );
      await putBack(client, request.id, "pending");
      // What fell due while it counted as approved is told now.
      await setNextDeadline(client, request.id, request.decidedAt ?? at);
      await event(`lapsed:${request.attempt}`, { type: "approval.lapsed", data: { people: answer.people } });
      return;
    case "wait":
      await putBack(client, request.id, "approved");
      await setNextDeadline(
        client,
        request.id,
        answer.until ?? new Date(at.getTime() + pauseAfter(request.attempt)),
      );
      // Told once for each reason, however often it is tried.
      await event(`waiting:${answer.reason.length}:${answer.reason.slice(0, 40)}`, {
        type: "start.waiting",
        data: { reason: answer.reason },
      });
  }
}
