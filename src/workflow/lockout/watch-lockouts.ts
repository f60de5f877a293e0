import type { AuditEvent } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { DatabaseClient, Database } from "../../database/connect.ts";
import type { Execute } from "../../connectors/connector.ts";
import { doorsOf } from "../../lockout/doors.ts";
import {
  findLockout,
  isBeingReleased,
  lockoutsToWatch,
  markWatched,
  setNextWatch,
} from "../../request/lockout-store.ts";
import type { Request } from "../../request/request.ts";
import { findRequest } from "../../request/store.ts";
import { lookAtDoors } from "./look-at-doors.ts";

export interface WatchContext {
  database: Database;
  execute: Execute;
  audit(event: AuditEvent, within?: DatabaseClient): Promise<unknown>;
  events(requestId: string, within: DatabaseClient): Promise<readonly AuditEvent[]>;
  watchMilliseconds: number;
  /** A request has news to tell, safely written. */
  publish(requestId: string): void;
  now(): Date;
}

const BATCH = 50;
const AT_ONCE = 5;

/**
 * Looks whether the lockouts that stand still hold, and writes down what has changed: a door that is open again, one
 * that is closed again, or that it cannot be checked all.
 * @returns how many were looked at
 * @throws AggregateError of those that could not be, once all the others were
 */
export async function watchLockouts(context: WatchContext): Promise<number> {
  const due = await lockoutsToWatch(context.database, context.now(), BATCH);
  const faults: unknown[] = [];
  const left = [...due];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      await watch(context, next.requestId).catch((error: unknown) => faults.push(error));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} of ${due.length} lockouts were not checked.`);
  return due.length;
}

async function watch(context: WatchContext, requestId: string): Promise<void> {
  const now = context.now();
  const next = new Date(now.getTime() + context.watchMilliseconds);
  // The instance that moves the date on is the one that looks.
  if (!(await setNextWatch(context.database, requestId, next, now))) return;
  const request = await findRequest(context.database, requestId);
  // While it is tried again, its own steps look.
  if (request === undefined || request.state === "running" || request.state === "approved") return;
  const seen = await lookAtDoors(context.execute, request.plan);
  const changed = await context.database.transaction(async (client) => {
    const lockout = await findLockout(client, requestId, "lock");
    if (lockout === undefined || lockout.releasedAt !== null) return false;
    // Tried again meanwhile: what was seen may be from before.
    const { state, round } = (await findRequest(client, requestId)) ?? request;
    if (state !== request.state || round !== request.round) return false;
    // What a release opens is meant to be open.
    if (await isBeingReleased(client, requestId)) return false;
    const at = context.now();
    const wasBlind = lockout.blindSince !== null;
    const event = await newsOf({ events: (id) => context.events(id, client) }, request, seen, {
      at,
      isBlind: wasBlind,
    });
    // What was not said yet, because a door was found open, is said the next time.
    const isBlind = seen.faults.length > 0 && (wasBlind || event?.type === "watch.blind");
    await markWatched(client, requestId, { at, isBlind });
    if (event === undefined) return false;
    await context.audit(event, client);
    return true;
  });
  if (changed) context.publish(requestId);
}

async function newsOf(
  context: { events(requestId: string): Promise<readonly AuditEvent[]> },
  request: Request,
  seen: Awaited<ReturnType<typeof lookAtDoors>>,
  { at, isBlind }: { at: Date; isBlind: boolean },
): Promise<AuditEvent | undefined> {
  const common = { requestId: request.id, actor: SYSTEM_ACTOR, at };
  const before = doorsOf(request.plan, await context.events(request.id));
  const stood = new Map(before.map(({ id, state }) => [id, state]));
  const broken = seen.doors.filter(
    ({ door, because }) => because !== undefined && stood.get(door) !== "open",
  );
  if (broken.length > 0)
    return {
      id: `${request.id}:watch:broken:${at.getTime()}`,
      type: "watch.broken",
      ...common,
      data: {
        doors: broken.map(({ door, because = "" }) => ({
          door,
          title: before.find(({ id }) => id === door)?.title ?? door,
          because,
        })),
      },
    };
  if (seen.faults.length > 0)
    return isBlind
      ? undefined
      : {
          id: `${request.id}:watch:blind:${at.getTime()}`,
          type: "watch.blind",
          ...common,
          data: { because: seen.faults.join(" ") },
        };
  const isOpen = seen.doors.some(({ because }) => because !== undefined);
  const mended = seen.doors.filter(
    ({ door, because }) => because === undefined && stood.get(door) !== "closed",
  );
  return (isBlind || mended.length > 0) && !isOpen
    ? {
        id: `${request.id}:watch:held:${at.getTime()}`,
        type: "watch.held",
        ...common,
        data: { doors: mended.map(({ door }) => door) },
      }
    : undefined;
}
