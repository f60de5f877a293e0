import { valueAt, withValueAt } from "../../catalogue/field-path.ts";
import type { Known } from "../../catalogue/known.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import { faultText, isVendorError } from "../../connectors/vendor-error.ts";
import type { PreparedOperation } from "../../deps/operation.ts";

/** What is there before a change; undefined where the vendor shows nothing of it. */
export async function readCurrent(
  execute: Execute,
  operation: Operation,
  known: Known,
): Promise<PreparedOperation["current"]> {
  const { current } = operation;
  const input = current?.input(known);
  if (current === undefined || input === undefined) return undefined;
  try {
    const output = await execute(findOperation(current.operation), input);
    const values = (current.values?.(output, known) ?? {}) as Record<string, unknown>;
    return { operation: current.operation, output, values: withoutSecrets(values, operation) };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return { fault: `What is there now could not be read. ${faultText(error.facts)}` };
  }
}

/** A vendor that shows a secret all the same must not have it stand in a form. */
function withoutSecrets(
  values: Record<string, unknown>,
  { secretInputs = [] }: Operation,
): Record<string, unknown> {
  return secretInputs.reduce(
    (rest, path) => (valueAt(rest, path) === undefined ? rest : withValueAt(rest, path, undefined)),
    values,
  );
}
