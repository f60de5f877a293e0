import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { getAccessUser } from "../access/get-user.ts";
import { accessErrors, invalidRequest, notFound } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";
import { byAccessUser } from "../known-user.ts";
import { theirSeat } from "./their-seat.ts";

/**
 * Takes a person's paid seat away, and with it the registrations of their devices. It is about billing: whoever may
 * sign in still can, and has a seat again when they do.
 */
export const removeSeat = defineOperation({
  name: "cloudflare.seat.remove",
  vendor: "cloudflare",
  title: "Remove a person's Cloudflare Zero Trust seat",
  scopes: { classic: [], granular: ["seats:write"] },
  vendorPermission: "Zero Trust: Seats Write",
  risk: "irreversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  choices: { seatUid: theirSeat },
  current: { operation: "cloudflare.access.getUser", input: byAccessUser },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/seats/methods/edit/",
  input: z.strictObject({
    accountId,
    seatUid: z
      .string()
      .min(1)
      .max(36)
      .meta({ title: "Seat id", description: "The seat_uid that the look-up of the person gives." }),
    /** Not sent: the read-back looks the person up by it. */
    userId: accessUserId,
  }),
  output: z.array(z.looseObject({})).nullish(),
  call: ({ accountId, seatUid }) => ({
    method: "PATCH",
    path: `/accounts/${encodePathSegment(accountId)}/access/seats`,
    body: [{ seat_uid: seatUid, access_seat: false, gateway_seat: false }],
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getAccessUser.name,
    input: ({ accountId, userId }) => ({ accountId, userId }),
    proves: (reading, { userId, seatUid }) => {
      const user = reading.found ? getAccessUser.output.safeParse(reading.output).data : undefined;
      // Another seat than the one removed is one that came after it; no seat at all is what was wanted.
      const isAsked = user?.id === userId && (user.seat_uid ?? seatUid) === seatUid;
      return isAsked && user.access_seat === false && user.gateway_seat === false;
    },
  },
  limits: [
    "It keeps nobody out: the seat comes back when the person signs in or enrols a device again.",
    "The registrations of the person's devices are deleted with it and do not come back.",
  ],
  errors: [...accessErrors, invalidRequest, notFound("seat")],
  undo: "It cannot be taken back: the seat returns when the person signs in again, but each device must be enrolled again.",
});
