import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userIdOnly } from "../fields.ts";
import { listZoomBackgrounds, readBackgrounds } from "./list.ts";
import { byZoomUser } from "../known-user.ts";
import { theirBackgrounds } from "./their-backgrounds.ts";

/** Deletes some of a person's virtual backgrounds. */
export const deleteZoomBackgrounds = defineOperation({
  name: "zoom.background.delete",
  vendor: "zoom",
  title: "Delete virtual backgrounds of a Zoom user",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:virtual_background_files:admin"] },
  risk: "irreversible",
  effects: [],
  rateLimit: "light",
  // A second call names files that are gone, which Zoom refuses.
  idempotent: false,
  about: "zoomUser",
  choices: { fileIds: theirBackgrounds },
  current: { operation: "zoom.background.list", input: byZoomUser },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}/settings/virtual_backgrounds",
  input: z.strictObject({
    userId: userIdOnly,
    /** Zoom lets them be left out, and does not say whether that deletes all or nothing. */
    fileIds: z
      .array(
        z
          .string()
          .max(255)
          .regex(/^[\w.~-]+$/, "the id of a file has letters, digits, - . _ and ~ only"),
      )
      .min(1)
      .max(10)
      .meta({
        title: "Backgrounds",
        description: "The ids of up to ten files, as the list of backgrounds gives them.",
      }),
  }),
  output: z.undefined(),
  call: ({ userId, fileIds }) => ({
    method: "DELETE",
    path: `/users/${encodePathSegment(userId)}/settings/virtual_backgrounds`,
    query: { file_ids: fileIds.join(",") },
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: listZoomBackgrounds.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { fileIds }) => {
      const files = reading.found ? readBackgrounds(reading.output) : undefined;
      // A file that shows no id may be one of them.
      return files?.every(({ id }) => typeof id === "string" && !fileIds.includes(id)) ?? false;
    },
  },
  undo: "It cannot be taken back: Zoom gives no background out again, and only a person who has the files can upload them again.",
  limits: ["Virtual backgrounds must be switched on for the account."],
  errors: [
    {
      status: 400,
      code: 300,
      words: /file_ids/i,
      means: "One of the files is not among the person's backgrounds: look at the list again.",
    },
    ...userErrors,
  ],
});
