import type { Choice, Choices, Known } from "../../catalogue/known.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import { faultText, isVendorError } from "../../connectors/vendor-error.ts";

/**
 * What a field can name now; a text says why it could not be listed.
 * @param isKnown the vendor has shown the person a moment ago: that it knows nobody is no empty list then
 */
export async function readChoices(
  execute: Execute,
  choices: Choices,
  known: Known,
  isKnown = false,
): Promise<Choice[] | string> {
  const input = choices.input(known);
  if (input === undefined) return "What is needed to list them is not known.";
  try {
    return choices.list(await execute(findOperation(choices.operation), input), known);
  } catch (error) {
    if (!isVendorError(error)) throw error;
    // Nobody there, nothing to choose.
    if (error.facts.kind === "not_found" && !isKnown) return [];
    return `They could not be listed. ${faultText(error.facts)}`;
  }
}
