import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { listActiveSessions } from "./list-active-sessions.ts";

/**
 * Ends a person's Access sessions in the whole account, and on request those of their devices and of WARP. The
 * person cannot sign in for up to a minute, then can wherever the identity provider and the policies let them.
 */
export const revokeUserInAccount = defineOperation({
  name: "cloudflare.access.revokeUserInAccount",
  vendor: "cloudflare",
  title: "Revoke a person's Cloudflare Access sessions in the account",
  scopes: { classic: [], granular: ["access:revoke"] },
  vendorPermission: "Access: Organizations Revoke",
  risk: "reversible",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/organizations/methods/revoke_users/",
  input: z.strictObject({
    accountId: pathId,
    email: emailAddress,
    /** Revokes the person's devices too. */
    devices: z.boolean().optional(),
    userUid: z.string().min(1).optional(),
    /** Makes the person sign in to WARP again. */
    warpSessionReauth: z.boolean().optional(),
    /** The person's id in Access, not sent: the read-back needs it to list their sessions. */
    accessUserId: pathId.optional(),
  }),
  output: z.literal(true),
  call: ({ accountId, email, devices, userUid, warpSessionReauth }) => ({
    method: "POST",
    path: `/accounts/${encodePathSegment(accountId)}/access/organizations/revoke_user`,
    body: {
      email,
      ...(devices === undefined ? {} : { devices }),
      ...(userUid === undefined ? {} : { user_uid: userUid }),
      ...(warpSessionReauth === undefined ? {} : { warp_session_reauth: warpSessionReauth }),
    },
  }),
  readBack: {
    operation: listActiveSessions.name,
    input: ({ accountId, accessUserId }) =>
      accessUserId === undefined ? undefined : { accountId, userId: accessUserId },
    proves: (reading) => {
      const sessions = reading.found ? listActiveSessions.output.safeParse(reading.output) : undefined;
      return sessions?.data?.length === 0;
    },
  },
  undo: "Nothing is to be taken back: whoever is still allowed to signs in again after about a minute. Revoked devices register again.",
});
