import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { accessErrors, notFound } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";
import { accessIdentity } from "./identity.ts";
import { theirSessions } from "./their-sessions.ts";

/** Reads one session: from where, with which identity provider and devices, and whether it is still active. */
export const getActiveSession = defineOperation({
  name: "cloudflare.access.getActiveSession",
  vendor: "cloudflare",
  title: "Show one Cloudflare Access session in detail",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  choices: { nonce: theirSessions },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/subresources/active_sessions/methods/get/",
  input: z.strictObject({
    accountId,
    userId: accessUserId,
    nonce: pathId.meta({ title: "Session", description: "The nonce, as the list of sessions names it." }),
  }),
  output: accessIdentity.extend({ isActive: z.boolean().nullish() }),
  call: ({ accountId, userId, nonce }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users/${encodePathSegment(userId)}/active_sessions/${encodePathSegment(nonce)}`,
  }),
  limits: ["A session that has ended is no longer known."],
  errors: [...accessErrors, notFound("person or session in Access")],
});
