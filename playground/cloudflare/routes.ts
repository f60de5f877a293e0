import { decodePath } from "../path.ts";
import type { VendorRequest } from "../vendor-http.ts";
import type { CloudflareAccount } from "./state.ts";
import { noRoute } from "./envelope.ts";
import type { CloudflareRoute } from "./route.ts";
import { ACCESS_ROUTES } from "./routes-access.ts";
import { ACCOUNT_ROUTES } from "./routes-account.ts";

const ROUTES: readonly CloudflareRoute[] = [...ACCESS_ROUTES, ...ACCOUNT_ROUTES];

/** The narrowest permission of each call: a token that has them all may make every call. */
export const EVERY_PERMISSION: readonly string[] = [
  ...new Set(ROUTES.flatMap(({ permissions }) => permissions.slice(0, 1))),
];

/** Finds the route and its parameters. Throws 404/7003, for another's account or zone too. */
export function matchRoute(
  account: CloudflareAccount,
  request: VendorRequest,
): { route: CloudflareRoute; parameters: Record<string, string> } {
  const segments = decodePath(request.path);
  for (const route of segments ? ROUTES : []) {
    const template = `client/v4${route.path}`.split("/");
    if (route.method !== request.method || template.length !== segments?.length) continue;
    const parameters: Record<string, string> = {};
    const matches = template.every((part, index) => {
      const segment = segments[index] ?? "";
      if (!part.startsWith("{")) return part === segment;
      parameters[part.slice(1, -1)] = segment;
      return true;
    });
    if (!matches) continue;
    const { account_id: accountId = account.accountId, zone_id: zoneId } = parameters;
    if (accountId !== account.accountId || (zoneId !== undefined && !account.zoneIds.includes(zoneId))) break;
    return { route, parameters };
  }
  throw noRoute(request.path);
}
