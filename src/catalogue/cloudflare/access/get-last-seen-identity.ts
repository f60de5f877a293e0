import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, notFound } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";
import { accessIdentity } from "./identity.ts";

/** Reads the identity that Access used last when it decided about the person. */
export const getLastSeenIdentity = defineOperation({
  name: "cloudflare.access.getLastSeenIdentity",
  vendor: "cloudflare",
  title: "Show the identity Cloudflare Access saw last",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/subresources/last_seen_identity/methods/get/",
  input: z.strictObject({ accountId, userId: accessUserId }),
  output: accessIdentity,
  call: ({ accountId, userId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users/${encodePathSegment(userId)}/last_seen_identity`,
  }),
  limits: ["There is none for a person who has not signed in yet."],
  errors: [...accessErrors, notFound("person in Access")],
});
