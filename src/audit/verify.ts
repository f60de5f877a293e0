import type { Database, DatabaseClient } from "../database/connect.ts";
import { GENESIS_HASH, hashEvent } from "./chain.ts";
import { readEntriesAfter } from "./log.ts";

const BATCH_SIZE = 1000;

/** The last row's place and hash. Noted elsewhere, it also shows later whether the whole chain was rewritten. */
export interface ChainHead {
  sequence: number;
  hash: string;
}

export type Verification =
  | { ok: true; rows: number; head: ChainHead }
  /** `brokenAt` is the place of the first row that is wrong or missing. */
  | { ok: false; brokenAt: number; reason: string };

const broken = (brokenAt: number, reason: string): Verification => ({ ok: false, brokenAt, reason });

async function walk(client: DatabaseClient): Promise<Verification> {
  const last: ChainHead = { sequence: 0, hash: GENESIS_HASH };
  for (;;) {
    const entries = await readEntriesAfter(client, last.sequence, BATCH_SIZE);
    for (const entry of entries) {
      const expected = last.sequence + 1;
      if (entry.sequence !== expected)
        return broken(
          expected,
          `gap in sequence: row ${expected} is missing, the next one is ${entry.sequence}`,
        );
      if (entry.previousHash !== last.hash)
        return broken(
          entry.sequence,
          `previous hash differs: before row ${entry.sequence} a row was removed, inserted, reordered or rewritten`,
        );
      if (entry.hash !== hashEvent(entry.previousHash, entry))
        return broken(entry.sequence, `hash differs: the content of row ${entry.sequence} was changed`);
      last.sequence = entry.sequence;
      last.hash = entry.hash;
    }
    if (entries.length < BATCH_SIZE) break;
  }
  const { rows } = await client.query<ChainHead>("select sequence, hash from deadbolt.audit_head");
  const head = rows[0];
  if (!head) return broken(last.sequence + 1, "head mismatch: the head row was removed");
  if (head.sequence > last.sequence)
    return broken(
      last.sequence + 1,
      `head mismatch: rows ${last.sequence + 1} to ${head.sequence} were cut off at the end`,
    );
  if (head.sequence < last.sequence)
    return broken(head.sequence + 1, `head mismatch: rows after ${head.sequence} were added past the log`);
  if (head.hash !== last.hash)
    return broken(last.sequence, `head mismatch: row ${last.sequence}, the last one, was rewritten`);
  return { ok: true, rows: last.sequence, head: last };
}

/**
 * Walks the whole audit log and names the first row that is not what was written. It sees one moment of the trail,
 * so appending may go on meanwhile. Someone who rewrites every row from one to the end, and the head, is seen only
 * by comparing the head with one noted elsewhere.
 */
export function verifyChain(database: Database): Promise<Verification> {
  return database.transaction(async (client) => {
    await client.query("set transaction isolation level repeatable read read only");
    return walk(client);
  });
}
