import type { Check } from "../../known.ts";
import { listZoomAssistants, readAssistants } from "./list.ts";

const most = 30;

/** A person has so many assistants at most, with those who are there already. */
export const roomForAssistants: Check<{ userId: string; assistants: readonly string[] }> = {
  operation: listZoomAssistants.name,
  input: ({ userId }) => ({ userId }),
  fault(output, { assistants }) {
    const there = readAssistants(output)?.length ?? 0;
    return there + assistants.length > most
      ? `Zoom takes ${most} assistants for a person: ${there} are there, and these would be ${assistants.length} more. Remove some first.`
      : undefined;
  },
};
