import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { listZoomAssistants, readAssistants } from "./list.ts";
import { byZoomUser } from "../known-user.ts";

/** Takes from everyone the right to schedule a person's meetings. */
export const removeAllZoomAssistants = defineOperation({
  name: "zoom.assistant.removeAll",
  vendor: "zoom",
  title: "Remove all of a person's Zoom scheduling assistants",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:assistant:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  current: { operation: "zoom.assistant.list", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/assistants",
  input: z.strictObject({ userId }),
  output: z.undefined(),
  call: ({ userId }) => ({ method: "DELETE", path: `/users/${encodePathSegment(userId)}/assistants` }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: listZoomAssistants.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading) => reading.found && readAssistants(reading.output)?.length === 0,
  },
  undo: "Add them again from the list of before: Zoom keeps none.",
  limits: [
    "All need a Licensed or On-prem user type, in the same account.",
    "Meetings that the assistants have scheduled stay.",
  ],
  errors: userErrors,
});
