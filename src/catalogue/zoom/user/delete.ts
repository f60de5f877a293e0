import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { choice } from "../choice.ts";
import { expiredInvitation, userErrors } from "../errors.ts";
import { encryptedEmail, isNamedSo, NOT_ENCRYPTED, userId } from "../fields.ts";
import { queryOf } from "../query.ts";
import { getZoomUser } from "./get.ts";
import { byZoomUser } from "../known-user.ts";
import { noAdministrator } from "./no-administrator.ts";
import { noPendingUser } from "./no-pending-user.ts";
import { notOfManagedDomain } from "../account/managed-domains.ts";

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
  effects: ["closes-zoom"],
  rateLimit: "light",
  // A second call is answered "no such user", which looks like a failure: in doubt it is read back, not repeated.
  idempotent: false,
  about: "zoomUser",
  current: { operation: "zoom.user.get", input: byZoomUser },
  checks: [
    notOfManagedDomain,
    noPendingUser<{ userId: string; action: string }>(
      ({ action }) => action === "delete",
      "Zoom deletes only users: disassociate this one, which takes the invitation back.",
    ),
    noAdministrator<{ userId: string; action: string }>(({ action }) => action === "disassociate"),
  ],
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/DELETE/users/{userId}",
  input: z
    .strictObject({
      userId,
      encryptedEmail,
      action: choice("What happens", "Both are for good.", {
        disassociate: "Disassociate: leaves the account, keeps a free user",
        delete: "Delete: gone, with what is not transferred",
      }),
      transferEmail: emailAddress.optional().meta({
        title: "Who receives what they leave behind",
        description: "A licensed user of the account. Without one nothing is transferred.",
        people: true,
      }),
      transfer: z
        .array(
          choice("Thing", "What moves.", {
            meeting: "Upcoming meetings",
            webinar: "Upcoming webinars",
            recording: "Cloud recordings",
            whiteboard: "Whiteboards",
            clipfiles: "Clips",
            notes: "Notes",
            docs: "Docs",
            visitors: "Visitors whom they invited",
          }),
        )
        .optional()
        .meta({ title: "What they receive", description: "What moves to the one who receives." }),
    })
    .refine(({ transfer, transferEmail }) => transferEmail !== undefined || !transfer?.length, {
      path: ["transferEmail"],
      message: "somebody must be named to receive what is transferred",
    })
    .refine(({ userId, transferEmail }) => transferEmail?.toLowerCase() !== userId.toLowerCase(), {
      path: ["transferEmail"],
      message: "the person's data cannot be transferred to the person",
    })
    .refine(isNamedSo, NOT_ENCRYPTED),
  output: z.undefined(),
  call: ({ userId, encryptedEmail, action, transferEmail, transfer = [] }) => ({
    method: "DELETE",
    path: `/users/${encodePathSegment(userId)}`,
    ...queryOf({
      encrypted_email: encryptedEmail,
      // Without it Zoom disassociates, whatever was meant.
      action,
      transfer_email: transferEmail,
      ...Object.fromEntries(transfer.map((thing) => [`transfer_${thing}`, true])),
    }),
  }),
  subject: ({ userId }) => userId,
  others: ({ transferEmail }) => (transferEmail === undefined ? [] : [transferEmail]),
  readBack: {
    operation: getZoomUser.name,
    input: ({ userId, encryptedEmail }) => ({ userId, encryptedEmail }),
    proves: (reading) => !reading.found,
  },
  undo: "It cannot be taken back: a deleted user is gone with what was not transferred, and a disassociated one comes back only by accepting a new invitation.",
  limits: [
    "Somebody must receive Zoom Events that are still to come.",
    "The recipient needs the licences for what they receive.",
    "Administrators, and users of a managed domain, cannot be disassociated.",
    "Somebody who has not accepted the invitation can only be disassociated.",
    "Zoom may refuse to delete somebody who was deactivated before.",
  ],
  errors: [
    {
      status: 400,
      code: 200,
      words: /delete (a user out of|a zoom rooms user|this deactivated)/i,
      means:
        "Zoom does not delete this user: a Zoom Room, somebody of another account, or one who was deactivated.",
    },
    {
      status: 400,
      code: 300,
      words: /transfer-to|destination user|zoom events|unlink/i,
      means: "Zoom Events block it, or the recipient lacks the licence: Zoom's message says which.",
    },
    {
      status: 400,
      code: 1000,
      words: /call-?queue manager|auto-?receptionist/i,
      means: "The person manages a call queue or an auto-receptionist: give these to somebody else first.",
    },
    {
      status: 400,
      code: 1107,
      means: "A user of a managed domain cannot be disassociated: delete or deactivate.",
    },
    { status: 400, code: 1117, means: "An administrator cannot be disassociated: take the role away first." },
    expiredInvitation,
    ...userErrors,
  ],
});
