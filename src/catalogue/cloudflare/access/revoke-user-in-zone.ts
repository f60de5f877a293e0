import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";

/** Ends a person's Access sessions in a zone that has an Access organization of its own. It takes the e-mail only. */
export const revokeUserInZone = defineOperation({
  name: "cloudflare.access.revokeUserInZone",
  vendor: "cloudflare",
  title: "Revoke a person's Cloudflare Access sessions in a zone",
  scopes: { classic: [], granular: ["access:revoke"] },
  vendorPermission: "Access: Organizations, Identity Providers, and Groups Write",
  risk: "reversible",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/organizations/methods/revoke_users/",
  input: z.strictObject({ zoneId: pathId, email: emailAddress }),
  output: z.literal(true),
  call: ({ zoneId, email }) => ({
    method: "POST",
    path: `/zones/${encodePathSegment(zoneId)}/access/organizations/revoke_user`,
    body: { email },
  }),
  noReadBack: "Cloudflare lists sessions for an account only, not for a zone.",
  undo: "Nothing is to be taken back: whoever is still allowed to signs in again after about a minute.",
});
