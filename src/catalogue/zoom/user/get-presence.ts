import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";

/** Reads what Zoom shows others of whether a user is there. */
export const getZoomPresence = defineOperation({
  name: "zoom.user.getPresence",
  vendor: "zoom",
  title: "Look up a Zoom user's presence",
  scopes: { classic: ["user:read:admin"], granular: ["user:read:presence_status:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/presence_status",
  input: z.strictObject({ userId }),
  output: z.looseObject({ status: z.string() }),
  call: ({ userId }) => ({ method: "GET", path: `/users/${encodePathSegment(userId)}/presence_status` }),
  errors: [
    { status: 400, code: 5301, means: "Zoom cannot tell the person's presence now: try again later." },
    { status: 400, code: 5411, means: "The app may not see this person's presence." },
    ...userErrors,
  ],
});
