import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId, zoomUserId } from "../fields.ts";
import { isAbsent } from "../person.ts";
import { listZoomSchedulers, readSchedulers } from "./list.ts";
import { byZoomUser } from "../known-user.ts";
import { theirSchedulers } from "./their-schedulers.ts";

/** Takes from a person the right to schedule the meetings of one other. */
export const removeZoomScheduler = defineOperation({
  name: "zoom.scheduler.remove",
  vendor: "zoom",
  title: "Stop a person from scheduling Zoom meetings for somebody",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:scheduler:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  // What Zoom answers to a second call is not documented: in doubt it is read back, not repeated.
  idempotent: false,
  about: "zoomUser",
  choices: { schedulerId: theirSchedulers },
  current: { operation: "zoom.scheduler.list", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/schedulers/{schedulerId}",
  input: z.strictObject({
    userId,
    schedulerId: zoomUserId.meta({
      title: "Whose meetings",
      description: "For whom the person shall no longer schedule: the Zoom user id, as the list gives it.",
    }),
  }),
  output: z.undefined(),
  call: ({ userId, schedulerId }) => ({
    method: "DELETE",
    path: `/users/${encodePathSegment(userId)}/schedulers/${encodePathSegment(schedulerId)}`,
  }),
  subject: ({ userId }) => userId,
  others: ({ schedulerId }) => [schedulerId],
  readBack: {
    operation: listZoomSchedulers.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { schedulerId }) => {
      const listed = reading.found ? readSchedulers(reading.output) : undefined;
      return listed !== undefined && isAbsent(listed, schedulerId);
    },
  },
  undo: "Add the person again as an assistant of the other.",
  limits: ["Both must be in the same account.", "Meetings that the person has scheduled stay."],
  errors: userErrors,
});
