import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { byZoomUser } from "../known-user.ts";

/**
 * Signs a user of single sign-on out of Zoom. It prevents no new sign-in, so it comes after the deactivation; for
 * users who sign in any other way Zoom documents no effect.
 */
export const revokeZoomSsoToken = defineOperation({
  name: "zoom.user.revokeSsoToken",
  vendor: "zoom",
  title: "Sign a user out of Zoom (single sign-on)",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:token:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  current: { operation: "zoom.user.get", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/token",
  input: z.strictObject({ userId }),
  output: z.undefined(),
  call: ({ userId }) => ({ method: "DELETE", path: `/users/${encodePathSegment(userId)}/token` }),
  subject: ({ userId }) => userId,
  noReadBack:
    "Zoom offers no way to list a user's sessions or tokens, and documents an effect on those of single sign-on only.",
  undo: "There is nothing to undo: anyone still allowed to can sign in again.",
  limits: [
    "Zoom documents an effect for users of single sign-on only.",
    "It prevents no new sign-in: deactivate the person first.",
  ],
  errors: userErrors,
});
