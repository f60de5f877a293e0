import type { DatabaseClient } from "../database/connect.ts";
import { together, type Statement } from "../database/statement.ts";
import { appendStatement, type AppendedRow } from "./append.ts";
import type { AppendResult, AuditRecord } from "./record.ts";

/** Events that are added together, and the changes of other rows that take hold with them. */
export interface Entry {
  changes: readonly Statement[];
  records: readonly AuditRecord[];
}

/**
 * Writes several by one statement, in the order given. Secrets must be gone from them.
 * @returns for each what became of its events, in the same order
 * @throws when any of it cannot be written, without saying which; then nothing is
 */
export async function writeEntries(
  client: DatabaseClient,
  entries: readonly Entry[],
): Promise<AppendResult[][]> {
  const { text, values } = together(
    entries.flatMap(({ changes }) => changes),
    appendStatement(entries.flatMap(({ records }) => records)),
  );
  const { rows } = await client.query<AppendedRow>(text, values);
  let next = 0;
  return entries.map(({ records }) => {
    const own = rows.slice(next, next + records.length);
    next += records.length;
    return own.map(({ place, is_new }) => ({ appended: is_new, sequence: place }));
  });
}
