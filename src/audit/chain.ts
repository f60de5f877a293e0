import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { AuditRecord } from "./record.ts";

/** What the first row has in place of the hash of a row before it. */
export const GENESIS_HASH = "0".repeat(64);

/**
 * What the hash of a row covers, on both sides of the hash of the row before it: canonical JSON of all that the row
 * says. The database puts the three together when it knows what the row before is.
 * @throws TypeError when the data holds something that JSON cannot carry
 */
export function hashedText(record: AuditRecord): { before: string; after: string } {
  const { id, requestId, type, actor, at, data, policyVersion } = record;
  // Rows from before policy versions were kept have none, and hash as they did.
  const policy = policyVersion === undefined ? {} : { policyVersion };
  const before = canonicalJson({ id, actor, at, data, ...policy });
  const after = canonicalJson({ requestId, type });
  // Members stand in the order of the alphabet, and `previousHash` between these two groups.
  return { before: `${before.slice(0, -1)},"previousHash":"`, after: `",${after.slice(1)}` };
}

/**
 * The hash of one row: SHA-256 over the row before it and over all that this one says.
 * @param previousHash the hash of the row before, or `GENESIS_HASH`
 * @returns 64 hexadecimal digits
 * @throws TypeError when the data holds something that JSON cannot carry
 */
export function hashEvent(previousHash: string, record: AuditRecord): string {
  const { before, after } = hashedText(record);
  return createHash("sha256").update(`${before}${previousHash}${after}`).digest("hex");
}
