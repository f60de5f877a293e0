import { isDeepStrictEqual } from "node:util";
import { valueAt } from "../../catalogue/field-path.ts";
import type { Known } from "../../catalogue/known.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Execute } from "../../connectors/connector.ts";
import { readChoices } from "./read-choices.ts";

/**
 * Whether what came along with a choice has changed since it was made: sending it would write the old back.
 * @returns why the call must not be sent; undefined where it may
 */
export async function changedChoice(
  execute: Execute,
  operation: Operation,
  input: Record<string, unknown>,
  known: Known,
): Promise<string | undefined> {
  for (const [path, choices] of Object.entries(operation.choices ?? {})) {
    const { fills = [] } = choices;
    if (fills.length === 0) continue;
    const listed = await readChoices(execute, choices, known);
    if (typeof listed === "string") return `What was chosen could not be checked again. ${listed}`;
    const now = listed.find((choice) => choice.value === valueAt(input, path));
    if (now === undefined) return "What was chosen is no longer there.";
    for (const name of fills)
      if (!isDeepStrictEqual(asStored(now.with?.[name]), asStored(valueAt(input, name))))
        return `${now.title} was changed since this was asked for, and sending it would write the old back.`;
  }
  return undefined;
}

/** As it comes back from the database, where what is undefined is not there. */
function asStored(value: unknown): unknown {
  return value == null ? undefined : JSON.parse(JSON.stringify(value));
}
