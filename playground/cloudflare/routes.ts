import { decodePath } from "../path.ts";
import type { VendorAnswer, VendorRequest } from "../simulator.ts";
import type { AccessAccount } from "./access.ts";
import { noRoute } from "./envelope.ts";
import { listActiveSessions, listUsers } from "./read-users.ts";
import { revokeForAccount, revokeForZone } from "./revoke-user.ts";

/** All that an operation gets to work with; `parameters` are the decoded path parameters by name. */
export interface CloudflareContext {
  account: AccessAccount;
  request: VendorRequest;
  parameters: Record<string, string>;
}

interface CloudflareRoute {
  method: string;
  path: string;
  /** Any one of them is enough. */
  permissions: readonly string[];
  query: readonly string[];
  answer(context: CloudflareContext): VendorAnswer;
}

const REVOKE = [
  "Access: Organizations Revoke",
  "Access: Organizations, Identity Providers, and Groups Revoke",
  "Access: Organizations, Identity Providers, and Groups Write",
];

const ROUTES: readonly CloudflareRoute[] = [
  {
    method: "POST",
    path: "/client/v4/accounts/{account_id}/access/organizations/revoke_user",
    permissions: REVOKE,
    query: ["devices"],
    answer: revokeForAccount,
  },
  {
    method: "POST",
    path: "/client/v4/zones/{zone_id}/access/organizations/revoke_user",
    permissions: REVOKE,
    query: [],
    answer: revokeForZone,
  },
  {
    method: "GET",
    path: "/client/v4/accounts/{account_id}/access/users",
    permissions: ["Access: Audit Logs Read"],
    query: ["email", "name", "search", "page", "per_page"],
    answer: listUsers,
  },
  {
    method: "GET",
    path: "/client/v4/accounts/{account_id}/access/users/{user_id}/active_sessions",
    permissions: ["Access: Audit Logs Read"],
    query: [],
    answer: listActiveSessions,
  },
];

/** Finds the route and its parameters. Throws 404/7003, for another's account or zone too. */
export function matchRoute(
  account: AccessAccount,
  request: VendorRequest,
): { route: CloudflareRoute; parameters: Record<string, string> } {
  const segments = decodePath(request.path);
  for (const route of segments ? ROUTES : []) {
    const template = route.path.slice(1).split("/");
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
