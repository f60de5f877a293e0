import { listApplications } from "./applications.ts";
import { changeSeats } from "./change-seats.ts";
import { listAccessRequests } from "./read-log.ts";
import {
  listActiveSessions,
  listFailedLogins,
  listUsers,
  showActiveSession,
  showLastSeenIdentity,
  showOrganization,
  showUser,
} from "./read-users.ts";
import { revokeForAccount, revokeForZone } from "./revoke-user.ts";
import type { CloudflareRoute } from "./route.ts";
import { listServiceTokens, updateServiceToken } from "./tokens.ts";

const REVOKE = [
  "Access: Organizations Revoke",
  "Access: Organizations, Identity Providers, and Groups Revoke",
  "Access: Organizations, Identity Providers, and Groups Write",
];
const ORGANIZATION = [
  "Access: Organizations, Identity Providers, and Groups Read",
  "Access: Organizations, Identity Providers, and Groups Write",
];
const READ = ["Access: Audit Logs Read"];
const PAGE = ["page", "per_page"];
const ACCESS = "/accounts/{account_id}/access";
const USER = `${ACCESS}/users/{user_id}`;

/** The calls about Access. */
export const ACCESS_ROUTES: readonly CloudflareRoute[] = [
  {
    method: "POST",
    path: `${ACCESS}/organizations/revoke_user`,
    permissions: REVOKE,
    query: ["devices"],
    answer: revokeForAccount,
  },
  {
    method: "POST",
    path: "/zones/{zone_id}/access/organizations/revoke_user",
    permissions: REVOKE,
    query: [],
    answer: revokeForZone,
  },
  {
    method: "GET",
    path: "/zones/{zone_id}/access/organizations",
    permissions: ORGANIZATION,
    query: [],
    answer: showOrganization,
  },
  {
    method: "GET",
    path: `${ACCESS}/apps`,
    permissions: ["Access: Apps and Policies Read", "Access: Apps and Policies Write"],
    query: PAGE,
    answer: listApplications,
  },
  {
    method: "GET",
    path: `${ACCESS}/users`,
    permissions: READ,
    query: ["email", "name", "search", ...PAGE],
    answer: listUsers,
  },
  { method: "GET", path: USER, permissions: READ, query: [], answer: showUser },
  {
    method: "GET",
    path: `${USER}/active_sessions`,
    permissions: READ,
    query: PAGE,
    answer: listActiveSessions,
  },
  {
    method: "GET",
    path: `${USER}/active_sessions/{nonce}`,
    permissions: READ,
    query: [],
    answer: showActiveSession,
  },
  {
    method: "GET",
    path: `${USER}/last_seen_identity`,
    permissions: READ,
    query: [],
    answer: showLastSeenIdentity,
  },
  { method: "GET", path: `${USER}/failed_logins`, permissions: READ, query: PAGE, answer: listFailedLogins },
  {
    method: "GET",
    path: `${ACCESS}/logs/access_requests`,
    permissions: READ,
    query: ["email", "email_exact", "since", "until", "limit", "direction"],
    answer: listAccessRequests,
  },
  {
    method: "PATCH",
    path: `${ACCESS}/seats`,
    permissions: ["Zero Trust: Seats Write"],
    query: [],
    answer: changeSeats,
  },
  {
    method: "GET",
    path: `${ACCESS}/service_tokens`,
    permissions: ["Access: Service Tokens Read", "Access: Service Tokens Write"],
    query: PAGE,
    answer: listServiceTokens,
  },
  {
    method: "PUT",
    path: `${ACCESS}/service_tokens/{service_token_id}`,
    permissions: ["Access: Service Tokens Write"],
    query: [],
    answer: updateServiceToken,
  },
];
