import type { DatabaseClient } from "../database/connect.ts";
import { writeEntries } from "./entries.ts";
import type { AppendResult, AuditRecord } from "./record.ts";

interface Waiter {
  record: AuditRecord;
  resolve: (result: AppendResult) => void;
  reject: (error: unknown) => void;
}

/**
 * Appends in transactions of others. What one transaction appends in the same moment is written by one statement, so
 * that the chain is locked once and for a shorter time.
 * @returns appends one event, resolving when it is part of the transaction
 */
export function createGatheredAppend(): (
  client: DatabaseClient,
  record: AuditRecord,
) => Promise<AppendResult> {
  const gathered = new WeakMap<DatabaseClient, Waiter[]>();

  async function write(client: DatabaseClient, waiters: readonly Waiter[]): Promise<void> {
    try {
      const records = waiters.map(({ record }) => record);
      const [results = []] = await writeEntries(client, [{ changes: [], records }]);
      for (const [index, result] of results.entries()) waiters[index]?.resolve(result);
    } catch (error) {
      // The transaction is broken for all that is in it.
      for (const { reject } of waiters) reject(error);
    }
  }

  return async function append(client, record) {
    const { promise, resolve, reject } = Promise.withResolvers<AppendResult>();
    const waiters = gathered.get(client);
    if (waiters !== undefined) waiters.push({ record, resolve, reject });
    else {
      const own: Waiter[] = [{ record, resolve, reject }];
      gathered.set(client, own);
      queueMicrotask(() => {
        gathered.delete(client);
        void write(client, own);
      });
    }
    return promise;
  };
}
