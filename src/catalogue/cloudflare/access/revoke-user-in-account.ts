import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, invalidRequest } from "../errors.ts";
import { accessUserId, accountId, personEmail } from "../fields.ts";
import { listActiveSessions } from "./list-active-sessions.ts";
import { byAccessUser } from "../known-user.ts";
import { theirUid } from "./their-uid.ts";

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
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "person",
  choices: { userUid: theirUid },
  current: { operation: "cloudflare.access.listActiveSessions", input: byAccessUser },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/organizations/methods/revoke_users/",
  input: z.strictObject({
    accountId,
    email: personEmail,
    devices: z.boolean().optional().meta({
      title: "Revoke their devices too",
      description: "Revokes the registrations of the person's devices. They can register again.",
    }),
    userUid: z.string().min(1).optional().meta({
      title: "User's uid",
      description: "Cloudflare's own id of the person, to tell people with one address apart.",
    }),
    warpSessionReauth: z.boolean().optional().meta({
      title: "Ask for a new WARP sign-in",
      description: "Ends the WARP session wherever a policy limits how long it lasts.",
    }),
    /** Not sent: the read-back needs it to list the person's sessions. */
    accessUserId: accessUserId.optional().meta({
      title: "Access user id",
      description: "Lets the result be proven: the person's sessions are listed afterwards.",
    }),
  }),
  output: z.literal(true),
  call: ({ accountId, email, devices, userUid, warpSessionReauth }) => ({
    method: "POST",
    path: `/accounts/${encodePathSegment(accountId)}/access/organizations/revoke_user`,
    body: {
      email,
      devices,
      user_uid: userUid,
      warp_session_reauth: warpSessionReauth,
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
  limits: [
    "Anyone still allowed to can sign in again after about a minute: block first where it must hold.",
    "It does not end the sessions of SaaS applications behind Access, take seats or dashboard membership away, or stop service tokens.",
    "Devices and WARP sessions go on unless they are asked for here.",
  ],
  errors: [...accessErrors, invalidRequest],
  undo: "There is nothing to undo: anyone still allowed to can sign in again after about a minute. Revoked devices register again.",
});
