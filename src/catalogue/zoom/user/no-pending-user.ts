import type { Check } from "../../known.ts";
import { getZoomUser } from "./get.ts";

/**
 * Zoom refuses this about those who were invited and have not accepted.
 * @param isMeant whether what was entered is what Zoom refuses
 * @param next what to do instead, as a sentence
 */
export function noPendingUser<Input extends { userId: string }>(
  isMeant: (input: Input) => boolean,
  next: string,
): Check<Input> {
  return {
    operation: getZoomUser.name,
    input: (input) => (isMeant(input) ? { userId: input.userId } : undefined),
    fault: (output) =>
      getZoomUser.output.safeParse(output).data?.status === "pending"
        ? `The person has not accepted the invitation to Zoom yet. ${next}`
        : undefined,
  };
}
