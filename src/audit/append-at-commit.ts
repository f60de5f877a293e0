import { atCommit } from "../database/at-commit.ts";
import type { DatabaseClient } from "../database/connect.ts";
import { appendStatement, type AppendedRow } from "./append.ts";
import type { AppendResult, AuditRecord } from "./record.ts";

interface Waiter {
  record: AuditRecord;
  appended(result: AppendResult): void;
}

/**
 * Appends at the end of transactions of others: all that one transaction appends is one statement, sent together with
 * the commit. The chain is locked while the server does both, and never while an answer travels or this process is
 * stopped.
 */
export function createAppendAtCommit(): (client: DatabaseClient, waiter: Waiter) => void {
  const gathered = new WeakMap<DatabaseClient, Waiter[]>();
  return (client, waiter) => {
    const waiters = gathered.get(client);
    if (waiters !== undefined) {
      waiters.push(waiter);
      return;
    }
    const own = [waiter];
    atCommit(client, {
      statement: () => appendStatement(own.map(({ record }) => record)),
      committed(rows) {
        for (const [index, { place, is_new }] of (rows as readonly AppendedRow[]).entries())
          own[index]?.appended({ appended: is_new, sequence: place });
      },
    });
    gathered.set(client, own);
  };
}
