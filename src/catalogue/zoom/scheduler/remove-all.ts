import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { listZoomSchedulers, readSchedulers } from "./list.ts";
import { byZoomUser } from "../known-user.ts";

/** Takes from a person the right to schedule anybody else's meetings. */
export const removeAllZoomSchedulers = defineOperation({
  name: "zoom.scheduler.removeAll",
  vendor: "zoom",
  title: "Stop a person from scheduling Zoom meetings for anybody else",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:scheduler:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  current: { operation: "zoom.scheduler.list", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/schedulers",
  input: z.strictObject({ userId }),
  output: z.undefined(),
  call: ({ userId }) => ({ method: "DELETE", path: `/users/${encodePathSegment(userId)}/schedulers` }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: listZoomSchedulers.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading) => reading.found && readSchedulers(reading.output)?.length === 0,
  },
  undo: "Add the person again as an assistant of each of them, from the list of before: Zoom keeps none.",
  limits: [
    "The person must be in the same account as those they schedule for.",
    "Meetings that the person has scheduled stay.",
  ],
  errors: userErrors,
});
