import { createHash } from "node:crypto";
import { valueAt, withValueAt } from "../../catalogue/field-path.ts";
import { inputFields, type InputField } from "../../catalogue/input-fields.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Sealer } from "../../connectors/sealed-text.ts";
import type { SealedInput } from "../../request/sealed-input-store.ts";

/** What was kept apart cannot be had any more, so the step cannot run. */
export class SealedInputError extends Error {
  override readonly name = "SealedInputError";
}

/** The fields of an input that are kept apart: its secrets and its files. */
export function sealedFields(operation: Operation, input: unknown): InputField[] {
  return inputFields(operation).filter(
    ({ path, meta }) =>
      (meta.file !== undefined || operation.secretInputs?.includes(path)) &&
      valueAt(input, path) !== undefined,
  );
}

/**
 * Takes secrets and files out of an input. In their place stands the SHA-256 of what was sealed, so that a plan's hash,
 * and every approval, binds to them, and reading the plan gives nothing away.
 */
export function sealInput(
  operation: Operation,
  input: Record<string, unknown>,
  stepId: string,
  sealer: Sealer,
): { input: Record<string, unknown>; kept: SealedInput[] } {
  let rest = input;
  const kept = sealedFields(operation, input).map(({ path }) => {
    const sealed = sealer.seal(JSON.stringify(valueAt(input, path)));
    rest = withValueAt(rest, path, { kept: digest(sealed) });
    return { stepId, path, sealed };
  });
  return { input: rest, kept };
}

/**
 * Puts secrets and files back into a step's input.
 * @throws SealedInputError when one of them is gone, is not the approved one, or cannot be opened
 */
export function openInput(
  step: { id: string; input: Record<string, unknown>; kept?: readonly string[] },
  rows: readonly SealedInput[],
  sealer: Sealer,
): Record<string, unknown> {
  let input = step.input;
  for (const path of step.kept ?? []) {
    const row = rows.find((one) => one.stepId === step.id && one.path === path);
    if (row === undefined) throw new SealedInputError(`What was entered for ${path} is no longer kept.`);
    if (valueAt(step.input, `${path}.kept`) !== digest(row.sealed))
      throw new SealedInputError(`What is kept for ${path} is not what was approved.`);
    const text = sealer.open(row.sealed);
    if (text === undefined)
      throw new SealedInputError(`What was entered for ${path} was sealed with another Zoom client secret.`);
    input = withValueAt(input, path, JSON.parse(text));
  }
  return input;
}

function digest(sealed: string): string {
  return createHash("sha256").update(sealed).digest("hex");
}
