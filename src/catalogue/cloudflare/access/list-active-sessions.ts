import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, notFound } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";

const accessSession = z.looseObject({
  /** The session's nonce. */
  name: z.string().nullish(),
  /** Unix seconds. */
  expiration: z.number().nullish(),
  metadata: z.looseObject({}).nullish(),
});

/** Reads the Access sessions of one user; after a revocation the list is empty. */
export const listActiveSessions = defineOperation({
  name: "cloudflare.access.listActiveSessions",
  vendor: "cloudflare",
  title: "List a person's Cloudflare Access sessions",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/subresources/active_sessions/methods/list/",
  input: z.strictObject({ accountId, userId: accessUserId }),
  // No null for empty: an answer without a list must not be read as a person without sessions.
  output: z.array(accessSession),
  call: ({ accountId, userId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users/${encodePathSegment(userId)}/active_sessions`,
  }),
  pages: "numbered",
  limits: ["The sessions of SaaS applications behind Access and of WARP are not among them."],
  errors: [...accessErrors, notFound("person in Access")],
});
