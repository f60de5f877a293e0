import type { AuditEvent } from "../../audit/event.ts";
import type { Database } from "../../database/connect.ts";
import type { Statement } from "../../database/statement.ts";
import type { Policy } from "../../permission/schema.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import { judgementInsert, type Judgement } from "../../request/judgement-store.ts";
import type { Request } from "../../request/request.ts";
import { snapshotsInsert, type Snapshot } from "../../request/snapshot-store.ts";
import { waitingRequestsOf } from "../../request/find-requests.ts";
import { requestInsert } from "../../request/store.ts";
import { suspensionInsert } from "../../request/suspension-store.ts";
import { lockoutInserts } from "../start/lockout-state.ts";
import { requestCreated } from "../events/request-events.ts";
import { runStarted, stepStarted } from "../events/run-events.ts";
import { powerSuspended, suspensionOf } from "../start/suspend-power.ts";

export interface AtOnceContext {
  database: Database;
  loadedPolicy(): { policy: Policy };
  /** Adds events to the audit log together with changes of other rows: all of it or nothing. */
  auditWith(changes: readonly Statement[], events: readonly AuditEvent[]): Promise<void>;
}

/** An approved request, and what is written down with it. */
export interface Opening {
  request: Request;
  judgement: Judgement;
  snapshots: readonly Omit<Snapshot, "requestId">[];
  /** The steps that are sent at once. */
  firstSteps: readonly PlanStep[];
}

const UNIQUE_VIOLATION = "23505";
const DEADLOCK = "40P01";

/**
 * Writes a request down together with the beginning of its run, by one statement: until it is safely there nothing is
 * sent, so each answer that it need not wait for closes doors sooner.
 * @returns false where one with this id is there already; undefined where it is not as simple as that, because the
 *   person has requests of their own that it voids, or someone else writes what it would: nothing was written then
 */
export async function openAtOnce(
  context: AtOnceContext,
  { request, judgement, snapshots, firstSteps }: Opening,
): Promise<boolean | undefined> {
  const { id, plan, round, createdAt: at } = request;
  const suspension = suspensionOf(context.loadedPolicy().policy, request, at);
  if (suspension !== undefined) {
    const waiting = await waitingRequestsOf(context.database, suspension.names);
    if (waiting.length > 0) return undefined;
  }
  const running: Request = { ...request, state: "running", startedAt: at };
  const events = [
    requestCreated(request),
    ...(suspension === undefined ? [] : [powerSuspended(request, at)]),
    runStarted(id, plan, at, round),
    ...firstSteps.map((step) => stepStarted(id, round, step, at)),
  ];
  const changes = [
    requestInsert(running),
    judgementInsert(judgement),
    ...(snapshots.length === 0 ? [] : [snapshotsInsert(snapshots.map((one) => ({ ...one, requestId: id })))]),
    ...(suspension === undefined ? [] : [suspensionInsert(suspension)]),
    ...lockoutInserts(running, at),
  ];
  try {
    await context.auditWith(changes, events);
  } catch (error) {
    const { code, constraint } = error as { code?: unknown; constraint?: unknown };
    if (code === UNIQUE_VIOLATION && constraint === "request_pkey") return false;
    // It holds the trail before its rows, and others the other way round: in a transaction it is like them.
    if (code === DEADLOCK) return undefined;
    throw error;
  }
  return true;
}
