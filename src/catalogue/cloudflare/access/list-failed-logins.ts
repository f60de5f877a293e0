import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, notFound } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";

const failedLogin = z.looseObject({
  /** Unix seconds. */
  expiration: z.number().nullish(),
  metadata: z.looseObject({}).nullish(),
});

/** Reads the sign-ins that Access refused to one person: after a lockout, the attempts that did not get through. */
export const listFailedLogins = defineOperation({
  name: "cloudflare.access.listFailedLogins",
  vendor: "cloudflare",
  title: "List a person's failed Cloudflare Access logins",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/subresources/failed_logins/methods/list/",
  input: z.strictObject({ accountId, userId: accessUserId }),
  output: z.array(failedLogin),
  call: ({ accountId, userId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users/${encodePathSegment(userId)}/failed_logins`,
  }),
  pages: "numbered",
  limits: ["Cloudflare keeps them only for a time, so none today does not mean there never were any."],
  errors: [...accessErrors, notFound("person in Access")],
});
