import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";

/** Reads what a user's role lets them see and change in the account. */
export const getZoomPermissions = defineOperation({
  name: "zoom.user.getPermissions",
  vendor: "zoom",
  title: "Look up what a Zoom user may see and change in the account",
  scopes: {
    classic: ["user:read:admin", "user:write:admin"],
    granular: ["user:read:list_permissions:admin"],
  },
  risk: "read",
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/permissions",
  input: z.strictObject({ userId }),
  /** Each is a privilege with its extent, such as `User:Edit`. */
  output: z.looseObject({ permissions: z.array(z.string()).nullish() }),
  call: ({ userId }) => ({ method: "GET", path: `/users/${encodePathSegment(userId)}/permissions` }),
  errors: userErrors,
});
