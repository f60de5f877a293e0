import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { isAbout } from "../person.ts";
import { getZoomUser } from "../user/get.ts";
import { byZoomUser } from "../known-user.ts";

/** Takes a person's profile picture away. */
export const deleteZoomPicture = defineOperation({
  name: "zoom.picture.delete",
  vendor: "zoom",
  title: "Delete a Zoom user's profile picture",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:profile_picture:admin"] },
  risk: "reversible",
  effects: [],
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  current: { operation: "zoom.user.get", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/picture",
  input: z.strictObject({ userId }),
  output: z.undefined(),
  call: ({ userId }) => ({ method: "DELETE", path: `/users/${encodePathSegment(userId)}/picture` }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { userId }) => {
      const user = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      if (user === undefined || !isAbout(user, userId)) return false;
      const picture = user["pic_url"];
      return picture === undefined || picture === null || picture === "";
    },
  },
  undo: "Upload the picture again: Zoom keeps none, so save it first.",
  limits: ["The account may let only its administrators change profile pictures."],
  errors: [
    {
      status: 400,
      code: 200,
      words: /only an account administrator/i,
      means:
        "Only an administrator of the account can change profile pictures: change it in Zoom's user management.",
    },
    ...userErrors,
  ],
});
