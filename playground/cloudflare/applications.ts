import type { VendorAnswer } from "../vendor-http.ts";
import { cloudflareId } from "./cloudflare-id.ts";
import { success } from "./envelope.ts";
import { numberedPage } from "./page.ts";
import { type CloudflareContext, parameter } from "./route.ts";

const WIKI = { id: "5f3c1f0e-8d0b-4d53-9f1a-3f1f4a7f2c11", name: "Wiki", domain: "wiki.example.com" };

/** The one application of Access, with its policies: one that excludes every deny list, and those that are open. */
export function listApplications({ account, request }: CloudflareContext): VendorAnswer {
  const include = [{ email_domain: { domain: "northwind.example" } }];
  const exclude = [...account.denyListIds].map((id) => ({ email_list: { id } }));
  const policies = [
    { id: cloudflareId(), name: "Staff", decision: "allow", include, exclude, require: [] },
    ...[...account.openPolicies].map((name) => ({
      id: cloudflareId(),
      name,
      decision: "allow",
      include,
      exclude: [],
      require: [],
    })),
  ];
  return numberedPage({ account, request }, [{ ...WIKI, type: "self_hosted", policies }]);
}

/** A zone, with the account that it belongs to. */
export function showZone(context: CloudflareContext): VendorAnswer {
  const id = parameter(context, "zone_id");
  const account = { id: context.account.accountId, name: "Northwind" };
  return success({ id, name: "northwind.example", status: "active", account });
}
