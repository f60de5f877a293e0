import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";

/** Reads who may schedule meetings for a person. */
export const listZoomAssistants = defineOperation({
  name: "zoom.assistant.list",
  vendor: "zoom",
  title: "List who may schedule Zoom meetings for a person",
  scopes: {
    classic: ["user:read:admin", "user:write:admin"],
    granular: ["user:read:list_assistants:admin"],
  },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/assistants",
  input: z.strictObject({ userId }),
  output: z.looseObject({
    assistants: z
      .array(
        z.looseObject({
          id: z.string().nullish(),
          email: z.string().nullish(),
          can_manage_host_private_event: z.boolean().nullish(),
        }),
      )
      .nullish(),
  }),
  call: ({ userId }) => ({ method: "GET", path: `/users/${encodePathSegment(userId)}/assistants` }),
  limits: ["Zoom lists 30 people at most."],
  errors: userErrors,
});

/** The assistants in an answer; undefined where it has no list, which is not the same as an empty one. */
export function readAssistants(output: unknown) {
  return listZoomAssistants.output.safeParse(output).data?.assistants ?? undefined;
}
