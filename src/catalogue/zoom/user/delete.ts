import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { getZoomUser } from "./get.ts";

/**
 * Deletes a user for good, or disassociates them: they leave the account and keep a free one of their own. `transfer`
 * names what moves to `transferEmail`, which Zoom demands when the person has Zoom Events ahead.
 */
export const deleteZoomUser = defineOperation({
  name: "zoom.user.delete",
  vendor: "zoom",
  title: "Delete or disassociate a Zoom user",
  scopes: { classic: ["user:write:admin"], granular: ["user:delete:user:admin"] },
  risk: "irreversible",
  rateLimit: "light",
  // A second call is answered "no such user", which looks like a failure: in doubt it is read back, not repeated.
  idempotent: false,
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}",
  input: z
    .strictObject({
      userId: pathId,
      action: z.enum(["delete", "disassociate"]),
      transferEmail: emailAddress.optional(),
      transfer: z.array(z.enum(["meeting", "webinar", "recording", "whiteboard"])).optional(),
    })
    .refine(({ transfer, transferEmail }) => transferEmail !== undefined || !transfer?.length, {
      path: ["transferEmail"],
      message: "somebody must be named to receive what is transferred",
    })
    .refine(({ userId, transferEmail }) => transferEmail?.toLowerCase() !== userId.toLowerCase(), {
      path: ["transferEmail"],
      message: "the person's data cannot be transferred to the person",
    }),
  output: z.undefined(),
  call: ({ userId, action, transferEmail, transfer = [] }) => ({
    method: "DELETE",
    path: `/users/${encodePathSegment(userId)}`,
    query: {
      // Without it Zoom disassociates, whatever was meant.
      action,
      ...(transferEmail === undefined ? {} : { transfer_email: transferEmail }),
      ...Object.fromEntries(transfer.map((thing) => [`transfer_${thing}`, "true"])),
    },
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading) => !reading.found,
  },
  undo: "It cannot be taken back: a deleted user is gone with what was not transferred, and a disassociated one comes back only by accepting a new invitation.",
});
