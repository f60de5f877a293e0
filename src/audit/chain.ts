import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { AuditRecord } from "./log.ts";

/** What the first row has in place of the hash of a row before it. */
export const GENESIS_HASH = "0".repeat(64);

/**
 * The hash of one row: SHA-256 over the row before it and over all that this one says.
 * @param previousHash the hash of the row before, or `GENESIS_HASH`
 * @returns 64 hexadecimal digits
 * @throws TypeError when the data holds something that JSON cannot carry
 */
export function hashEvent(previousHash: string, record: AuditRecord): string {
  const { id, requestId, type, actor, at, data, policyVersion } = record;
  // Rows from before policy versions were kept have none, and hash as they did.
  const policy = policyVersion === undefined ? {} : { policyVersion };
  return createHash("sha256")
    .update(canonicalJson({ previousHash, id, requestId, type, actor, at, data, ...policy }))
    .digest("hex");
}
