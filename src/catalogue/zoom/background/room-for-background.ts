import type { Check } from "../../known.ts";
import { listZoomBackgrounds, readBackgrounds } from "./list.ts";

const most = 10;

/** A person has so many virtual backgrounds at most. */
export const roomForBackground: Check<{ userId: string }> = {
  operation: listZoomBackgrounds.name,
  input: ({ userId }) => ({ userId }),
  fault: (output) =>
    (readBackgrounds(output)?.length ?? 0) >= most
      ? `The person has ${most} virtual backgrounds, which is the most that Zoom takes. Delete one first.`
      : undefined,
};
