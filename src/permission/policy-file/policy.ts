import { createHash } from "node:crypto";
import { readDocument } from "./yaml-document.ts";
import { PolicyError } from "./policy-error.ts";
import { referenceFaults } from "./references.ts";
import type { KnownPlaybook } from "./references.ts";
import { policySchema } from "../schema.ts";
import type { Policy } from "../schema.ts";
import { shapeFaults } from "./shape-faults.ts";

/** A policy that passed every check, and the first 12 hex digits of the SHA-256 of its text. */
export interface LoadedPolicy {
  policy: Policy;
  version: string;
}

/**
 * Reads the text of a policy file.
 * @param fileName shown in front of every fault
 * @param playbooks those that exist; each must be covered by an approval rule
 * @throws PolicyError that lists every fault with its line and column
 */
export function parsePolicy(
  text: string,
  fileName: string,
  playbooks: readonly KnownPlaybook[],
): LoadedPolicy {
  const document = readDocument(text);
  if (document.faults.length > 0) throw new PolicyError(fileName, document.faults);
  const result = policySchema.safeParse(document.value);
  const faults = [
    ...(result.error?.issues ?? [])
      .flatMap((issue) => shapeFaults(issue, document.value, policySchema))
      .map((fault) => document.locate(fault)),
    ...referenceFaults(document.value, playbooks).map((fault) => document.locate(fault)),
  ].toSorted(
    (left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
  if (!result.success || faults.length > 0) throw new PolicyError(fileName, faults);
  return { policy: result.data, version: createHash("sha256").update(text).digest("hex").slice(0, 12) };
}
