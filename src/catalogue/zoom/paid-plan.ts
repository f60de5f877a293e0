import type { Check } from "../known.ts";

/** The account must be a paid one. */
export const paidPlan: Check<unknown> = {
  fault: (_output, _input, { zoomPlan }) =>
    zoomPlan === "free"
      ? "This needs a Pro plan or higher, and the Zoom account here is a Free one (ZOOM_PLAN)."
      : undefined,
};
