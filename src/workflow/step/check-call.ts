import type { Known } from "../../catalogue/known.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";

/**
 * What speaks against a call before it is sent. A check that cannot be made speaks against nothing: the vendor makes
 * its own, and its refusal is told.
 */
export async function checkCall(
  execute: Execute,
  operation: Operation,
  input: unknown,
  known: Known,
): Promise<string[]> {
  const faults: string[] = [];
  for (const check of operation.checks ?? []) {
    const question = check.operation === undefined ? undefined : check.input?.(input, known);
    if (check.operation !== undefined && question === undefined) continue;
    try {
      const output =
        check.operation === undefined ? undefined : await execute(findOperation(check.operation), question);
      const fault = check.fault(output, input, known);
      if (fault !== undefined) faults.push(fault);
    } catch (error) {
      if (!isVendorError(error)) throw error;
    }
  }
  return faults;
}
