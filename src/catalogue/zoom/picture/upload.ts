import { z } from "zod";
import { imageFile, toImageForm } from "../../image-file.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { byZoomUser } from "../known-user.ts";

/** Gives a person another profile picture. */
export const uploadZoomPicture = defineOperation({
  name: "zoom.picture.upload",
  vendor: "zoom",
  title: "Change a Zoom user's profile picture",
  scopes: { classic: ["user:write:admin"], granular: ["user:write:profile_picture:admin"] },
  risk: "reversible",
  effects: [],
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  current: { operation: "zoom.user.get", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/POST/users/{userId}/picture",
  input: z.strictObject({
    userId,
    picture: imageFile({
      title: "Picture",
      description: "A JPEG or PNG of at most 2 MB.",
      types: ["image/jpeg", "image/png"],
      maxBytes: 2 * 1024 * 1024,
    }),
  }),
  output: z.undefined(),
  call: ({ userId, picture }) => ({
    method: "POST",
    path: `/users/${encodePathSegment(userId)}/picture`,
    form: toImageForm("pic_file", picture),
  }),
  subject: ({ userId }) => userId,
  noReadBack: "Zoom shows that a user has a picture, but not which one.",
  undo: "Upload the previous picture again: Zoom keeps none, so save it first.",
  limits: [
    "JPEG or PNG, at most 2 MB.",
    "The account may let only its administrators change profile pictures.",
  ],
  errors: [
    {
      status: 400,
      code: 120,
      means: "The file is empty, larger than 2 MB, or neither a JPEG nor a PNG: choose another one.",
    },
    {
      status: 400,
      code: 200,
      words: /only an account administrator/i,
      means:
        "Only an administrator of the account can change profile pictures: change it in Zoom's user management.",
    },
    {
      status: 400,
      code: 300,
      words: /invalid or explicit/i,
      means: "Zoom takes the picture for invalid or explicit: choose another one.",
    },
    ...userErrors,
  ],
});
