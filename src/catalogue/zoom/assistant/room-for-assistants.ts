import type { Check } from "../../known.ts";
import { isAbout } from "../person.ts";
import { listZoomAssistants, readAssistants } from "./list.ts";

const most = 30;

/** A person has so many assistants at most, with those who are there already, and nobody is added twice. */
export const roomForAssistants: Check<{ userId: string; assistants: readonly string[] }> = {
  operation: listZoomAssistants.name,
  input: ({ userId }) => ({ userId }),
  fault(output, { assistants }) {
    const there = readAssistants(output) ?? [];
    const again = assistants.filter((one) => there.some((shown) => isAbout(shown, one)));
    if (again.length > 0)
      return `Already there as assistants of the person: ${again.join(", ")}. Leave them out, as Zoom would refuse all.`;
    return there.length + assistants.length > most
      ? `Zoom takes ${most} assistants for a person: ${there.length} are there, and these would be ${assistants.length} more. Remove some first.`
      : undefined;
  },
};
