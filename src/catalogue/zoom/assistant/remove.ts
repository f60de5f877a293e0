import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId, zoomUserId } from "../fields.ts";
import { isAbsent } from "../person.ts";
import { listZoomAssistants, readAssistants } from "./list.ts";
import { byZoomUser } from "../known-user.ts";
import { theirAssistants } from "./their-assistants.ts";

/** Takes from one assistant the right to schedule a person's meetings. */
export const removeZoomAssistant = defineOperation({
  name: "zoom.assistant.remove",
  vendor: "zoom",
  title: "Remove one of a person's Zoom scheduling assistants",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:assistant:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  // What Zoom answers to a second call is not documented: in doubt it is read back, not repeated.
  idempotent: false,
  about: "zoomUser",
  choices: { assistantId: theirAssistants },
  current: { operation: "zoom.assistant.list", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/assistants/{assistantId}",
  input: z.strictObject({
    userId,
    assistantId: zoomUserId.meta({
      title: "Assistant",
      description:
        "Who shall no longer schedule for the person: the Zoom user id, as the list of assistants gives it.",
    }),
  }),
  output: z.undefined(),
  call: ({ userId, assistantId }) => ({
    method: "DELETE",
    path: `/users/${encodePathSegment(userId)}/assistants/${encodePathSegment(assistantId)}`,
  }),
  subject: ({ userId }) => userId,
  others: ({ assistantId }) => [assistantId],
  readBack: {
    operation: listZoomAssistants.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { assistantId }) => {
      const listed = reading.found ? readAssistants(reading.output) : undefined;
      return listed !== undefined && isAbsent(listed, assistantId);
    },
  },
  undo: "Add the assistant again, with the right to manage private events where they had it.",
  limits: [
    "Both need a Licensed or On-prem user type, in the same account.",
    "Meetings that the assistant has scheduled stay.",
  ],
  errors: userErrors,
});
