import { z } from "zod";
import { defineOperation } from "../catalogue/operation.ts";
import { encodePathSegment, pathId } from "../catalogue/path-segment.ts";

/** What a set-up is checked by and no request ever uses: no command offers these reads. */

const common = {
  vendor: "cloudflare",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
} as const;

/** One zone, with the account that it belongs to. */
export const getZone = defineOperation({
  ...common,
  name: "cloudflare.zone.get",
  title: "Look at a Cloudflare zone",
  scopes: { classic: [], granular: ["zone:read"] },
  vendorPermission: "Zone Read",
  docs: "https://developers.cloudflare.com/api/resources/zones/methods/get/",
  input: z.strictObject({ zoneId: pathId }),
  output: z.looseObject({ name: z.string(), account: z.looseObject({ id: z.string() }) }),
  call: ({ zoneId }) => ({ method: "GET", path: `/zones/${encodePathSegment(zoneId)}` }),
});

/** Rules of a policy that name an e-mail list; other rules are of no matter here. */
const rule = z.looseObject({ email_list: z.looseObject({ id: z.string() }).nullish().catch(undefined) });
const policy = z.looseObject({
  name: z.string().nullish(),
  decision: z.string().nullish(),
  exclude: z.array(rule).nullish(),
});

/** The applications of Access, with their policies. */
export const listApplications = defineOperation({
  ...common,
  name: "cloudflare.application.list",
  title: "List the Access applications",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Apps and Policies Read",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/applications/methods/list/",
  input: z.strictObject({ accountId: pathId }),
  output: z.array(
    z.looseObject({ id: z.string(), name: z.string().nullish(), policies: z.array(policy).nullish() }),
  ),
  call: ({ accountId }) => ({ method: "GET", path: `/accounts/${encodePathSegment(accountId)}/access/apps` }),
  pages: "numbered",
});
