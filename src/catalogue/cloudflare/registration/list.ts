import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, invalidRequest } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";
import { registrationIds } from "./registration-ids.ts";

const registration = z.looseObject({
  id: pathId,
  created_at: z.string().nullish(),
  last_seen_at: z.string().nullish(),
  /** When it was revoked; null or absent for one that is active. */
  revoked_at: z.string().nullish(),
  deleted_at: z.string().nullish(),
  device: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
  user: z.looseObject({ id: z.string().nullish(), email: z.string().nullish() }).nullish(),
});

/** Reads the WARP registrations of a person, or those with certain ids, or all: also the revoked ones. */
export const listRegistrations = defineOperation({
  name: "cloudflare.registration.list",
  vendor: "cloudflare",
  title: "List Cloudflare WARP registrations",
  scopes: { classic: [], granular: ["devices:read", "devices:revoke", "devices:delete"] },
  vendorPermission: "Zero Trust Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/registrations/methods/list/",
  input: z.strictObject({
    accountId,
    userId: accessUserId.optional().meta({
      title: "Access user id",
      description: "Shows this person's registrations only.",
    }),
    registrationIds: registrationIds.optional().meta({
      title: "Registration ids",
      description: "Shows these registrations only.",
    }),
    status: z.enum(["all", "active", "revoked"]).default("all").meta({
      title: "Status",
      description: "Cloudflare shows active ones by default; here all are shown by default.",
    }),
  }),
  output: z.array(registration),
  call: ({ accountId, userId, registrationIds, status }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/devices/registrations`,
    query: {
      ...(userId === undefined ? {} : { "user.id": userId }),
      ...(registrationIds === undefined ? {} : { id: registrationIds }),
      status,
    },
  }),
  pages: "cursor",
  limits: ["Deleted registrations are not kept: note what there is before deleting."],
  errors: [...commonErrors, invalidRequest],
});
