import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, invalidRequest } from "../errors.ts";
import { personEmail, zoneId } from "../fields.ts";

/** Ends a person's Access sessions in a zone that has an Access organization of its own. It takes the e-mail only. */
export const revokeUserInZone = defineOperation({
  name: "cloudflare.access.revokeUserInZone",
  vendor: "cloudflare",
  title: "Revoke a person's Cloudflare Access sessions in a zone",
  scopes: { classic: [], granular: ["access:revoke"] },
  vendorPermission: "Access: Organizations, Identity Providers, and Groups Write",
  risk: "reversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "person",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/organizations/methods/revoke_users/",
  input: z.strictObject({ zoneId, email: personEmail }),
  output: z.literal(true),
  call: ({ zoneId, email }) => ({
    method: "POST",
    path: `/zones/${encodePathSegment(zoneId)}/access/organizations/revoke_user`,
    body: { email },
  }),
  noReadBack: "Cloudflare lists sessions for an account only, not for a zone.",
  limits: [
    "It is for a zone with an Access organization of its own; the account has its own revocation.",
    "Devices and WARP sessions go on: only the account's revocation reaches them.",
    "Anyone still allowed to can sign in again after about a minute.",
  ],
  errors: [...accessErrors, invalidRequest],
  undo: "There is nothing to undo: anyone still allowed to can sign in again after about a minute.",
});
