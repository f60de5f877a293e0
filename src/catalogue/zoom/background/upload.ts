import { z } from "zod";
import { imageFile, toImageForm } from "../../image-file.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { tooManyCalls } from "../errors.ts";
import { userIdOnly } from "../fields.ts";
import { listZoomBackgrounds, readBackgrounds } from "./list.ts";
import { byZoomUser } from "../known-user.ts";
import { roomForBackground } from "./room-for-background.ts";

/** Gives a person one more virtual background. */
export const uploadZoomBackground = defineOperation({
  name: "zoom.background.upload",
  vendor: "zoom",
  title: "Upload a virtual background for a Zoom user",
  scopes: { classic: ["user:write:admin"], granular: ["user:write:virtual_background_files:admin"] },
  risk: "reversible",
  effects: [],
  rateLimit: "medium",
  // A second call uploads a second file.
  idempotent: false,
  about: "zoomUser",
  current: { operation: "zoom.background.list", input: byZoomUser },
  checks: [roomForBackground],
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/POST/users/{userId}/settings/virtual_backgrounds",
  input: z.strictObject({
    userId: userIdOnly,
    background: imageFile({
      title: "Background",
      description: "A JPEG, PNG or GIF of at most 15 MB.",
      // Zoom's description allows MP4 and MOV, but its refusal says images only.
      types: ["image/jpeg", "image/png", "image/gif"],
      maxBytes: 15 * 1024 * 1024,
    }),
  }),
  output: z.looseObject({
    id: z.string().nullish(),
    name: z.string().nullish(),
    size: z.number().nullish(),
    type: z.string().nullish(),
    is_default: z.boolean().nullish(),
  }),
  call: ({ userId, background }) => ({
    method: "POST",
    path: `/users/${encodePathSegment(userId)}/settings/virtual_backgrounds`,
    form: toImageForm("file", background),
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: listZoomBackgrounds.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { background }) => {
      const files = reading.found ? readBackgrounds(reading.output) : undefined;
      // Zoom gives the file its id, so a file of this name and length is as near as a look can come.
      const { name, bytes } = toImageForm("file", background);
      return files?.some((file) => file.name === name && file.size === bytes.byteLength) ?? false;
    },
  },
  undo: "Delete the background again.",
  limits: [
    "JPEG, PNG or GIF, at most 15 MB.",
    "A person can have ten backgrounds: delete one first when there are ten.",
    "Virtual backgrounds must be switched on for the account.",
  ],
  errors: [
    {
      status: 400,
      code: 120,
      means:
        "The file is missing, larger than 15 MB or no JPEG, PNG or GIF, or the person has ten backgrounds already: Zoom's message says which.",
    },
    { status: 404, means: "Zoom knows no such user, or virtual backgrounds are switched off." },
    tooManyCalls,
  ],
});
