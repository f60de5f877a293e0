import { DatabaseError } from "pg";
import type { Database } from "../database/connect.ts";
import { appendEvents } from "./append.ts";
import type { AppendResult, AuditRecord } from "./log.ts";

/** So many events are written together at most, so that whoever appends in a transaction of their own waits little. */
const LARGEST_BATCH = 250;

interface Waiter {
  record: AuditRecord;
  resolve: (result: AppendResult) => void;
  reject: (error: unknown) => void;
}

/** Of SQLSTATE: connection lost, resources used up, stopped by an operator or a timeout, the system's own fault. */
const TROUBLE = /^(?:08|53|57|58)/;

/**
 * Whether it is an event that is at fault: the database refused it, or it cannot be hashed. Then nothing of it is
 * there, and others may be taken. Anything else (the database is not to be reached, or was lost on the way) meets
 * everybody, and some of it may even have been written.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code !== undefined && !TROUBLE.test(error.code);
  return error instanceof TypeError || error instanceof RangeError;
}

/**
 * Writes events by statements of its own. There is one chain, so one is written after the other; those that come
 * meanwhile are gathered, and written by one statement in the order in which they came, with one wait for the disk.
 * @returns appends one event, resolving when it is committed; rejects with what is wrong with this one
 */
export function createGroupCommit(database: Database): (record: AuditRecord) => Promise<AppendResult> {
  const waiters: Waiter[] = [];
  let isWriting = false;

  async function writeTogether(batch: readonly Waiter[]): Promise<void> {
    const results = await appendEvents(
      database,
      batch.map(({ record }) => record),
    );
    for (const [index, result] of results.entries()) batch[index]?.resolve(result);
  }

  /** Each gets its own answer, until the database itself fails: waiting for that again and again helps nobody. */
  async function writeOneByOne(batch: readonly Waiter[]): Promise<void> {
    for (const [index, waiter] of batch.entries())
      try {
        await writeTogether([waiter]);
      } catch (error) {
        if (!isRefusal(error)) {
          for (const { reject } of batch.slice(index)) reject(error);
          return;
        }
        waiter.reject(error);
      }
  }

  async function write(batch: readonly Waiter[]): Promise<void> {
    try {
      await writeTogether(batch);
    } catch (error) {
      if (isRefusal(error) && batch.length > 1) await writeOneByOne(batch);
      else for (const { reject } of batch) reject(error);
    }
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    // Whoever comes in this same round of the event loop goes with the first one.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiters.length > 0) await write(waiters.splice(0, LARGEST_BATCH));
    isWriting = false;
  }

  return async function append(record) {
    const { promise, resolve, reject } = Promise.withResolvers<AppendResult>();
    waiters.push({ record, resolve, reject });
    if (!isWriting) void writeAll();
    return promise;
  };
}
