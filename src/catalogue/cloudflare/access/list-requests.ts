import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, invalidRequest } from "../errors.ts";
import { accountId, instant, personEmail } from "../fields.ts";

const accessRequest = z.looseObject({
  action: z.string().nullish(),
  allowed: z.boolean().nullish(),
  app_domain: z.string().nullish(),
  app_uid: z.string().nullish(),
  /** The identity provider. */
  connection: z.string().nullish(),
  created_at: z.string().nullish(),
  ip_address: z.string().nullish(),
  ray_id: z.string().nullish(),
  user_email: z.string().nullish(),
});

/** Reads the log of one person's sign-ins through Access, allowed and refused, within a stretch of time. */
export const listAccessRequests = defineOperation({
  name: "cloudflare.access.listRequests",
  vendor: "cloudflare",
  title: "List a person's Cloudflare Access sign-ins",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "person",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/logs/subresources/access_requests/methods/list/",
  input: z
    .strictObject({
      accountId,
      email: personEmail,
      since: instant.optional().meta({ title: "Since", description: "The earliest sign-in to show." }),
      until: instant.optional().meta({ title: "Until", description: "The latest sign-in to show." }),
      limit: z
        .int()
        .min(1)
        .max(1000)
        .default(25)
        .meta({ title: "How many", description: "The most sign-ins to list." }),
      direction: z
        .enum(["desc", "asc"])
        .default("desc")
        .meta({ title: "Order", description: "Newest first (desc) or oldest first (asc)." }),
    })
    .refine(
      ({ since, until }) =>
        since === undefined || until === undefined || Date.parse(since) <= Date.parse(until),
      { path: ["until"], message: "it must not come before the start" },
    ),
  output: z.array(accessRequest),
  call: ({ accountId, email, since, until, limit, direction }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/logs/access_requests`,
    query: {
      email,
      // Without it Cloudflare also answers with people whose address only contains this one.
      email_exact: "true",
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
      limit: String(limit),
      direction,
    },
  }),
  limits: [
    "It shows sign-ins only: what was done in a session that was already open is not in it.",
    "How long Cloudflare keeps the log depends on the plan.",
  ],
  errors: [...accessErrors, invalidRequest],
});
