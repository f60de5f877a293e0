import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { tooManyCalls } from "../errors.ts";

/** Reads the domains that the account manages: in them it decides how people sign in. */
export const listZoomManagedDomains = defineOperation({
  name: "zoom.account.listManagedDomains",
  vendor: "zoom",
  title: "List the Zoom account's managed domains",
  scopes: { classic: ["account:read:admin"], granular: ["account:read:managed_domains:master"] },
  risk: "read",
  rateLimit: "light",
  idempotent: true,
  docs: "https://developers.zoom.us/docs/api/accounts/#tag/accounts/GET/accounts/{accountId}/managed_domains",
  input: z.strictObject({}),
  output: z.looseObject({
    domains: z.array(z.looseObject({ domain: z.string().nullish(), status: z.string().nullish() })).nullish(),
    total_records: z.number().nullish(),
  }),
  // In this path `me` is the app's own account, and nobody's user.
  call: () => ({ method: "GET", path: "/accounts/me/managed_domains" }),
  list: "domains",
  limits: ["Zoom shows them only to accounts with the Master account option, on a Pro or higher plan."],
  errors: [
    { status: 404, code: 2001, means: "Zoom does not show the account's domains to this app." },
    tooManyCalls,
  ],
});
