import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { choice } from "../choice.ts";
import { expiredInvitation, userErrors } from "../errors.ts";
import { loginType, userId } from "../fields.ts";
import { queryOf } from "../query.ts";

/** Reads a user's settings: all of them, or one part that Zoom shows by itself. */
export const getZoomSettings = defineOperation({
  name: "zoom.user.getSettings",
  vendor: "zoom",
  title: "Look up a Zoom user's settings",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:settings:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/settings",
  input: z.strictObject({
    userId,
    option: choice("Which settings", "All of them by default.", {
      meeting_security: "Security of meetings and webinars",
      meeting_authentication: "Who may join meetings",
      recording_authentication: "Who may see recordings",
    }).optional(),
    loginType,
    fields: z
      .array(z.string().regex(/^[A-Za-z0-9_]{1,100}$/, "is no name of a setting such as host_video"))
      .min(1)
      .max(50)
      .optional()
      .meta({
        title: "Only these settings",
        description: "Zoom's names of settings, such as host_video, one a line.",
      }),
  }),
  output: z.looseObject({}),
  call: ({ userId, option, loginType, fields }) => ({
    method: "GET",
    path: `/users/${encodePathSegment(userId)}/settings`,
    ...queryOf({ option, login_type: loginType, custom_query_fields: fields }),
  }),
  limits: ["Security and authentication are parts of their own, and are not among all the others."],
  errors: [expiredInvitation, ...userErrors],
});
