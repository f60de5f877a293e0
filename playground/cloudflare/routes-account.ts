import { showZone } from "./applications.ts";
import { deleteDevice, listDevices, revokeDevice } from "./devices.ts";
import { changeGatewayList, listGatewayListItems, listGatewayLists } from "./gateway-lists.ts";
import { inviteMember, listMembers, removeMember } from "./members.ts";
import {
  deleteRegistrations,
  listRegistrations,
  revokeRegistrations,
  unrevokeRegistrations,
} from "./registrations.ts";
import type { CloudflareRoute } from "./route.ts";
import { listAccountTokens, replaceAccountToken, verifyToken } from "./tokens.ts";

const READ = ["Zero Trust Read", "Zero Trust Write"];
const WRITE = ["Zero Trust Write"];
const PAGE = ["page", "per_page"];
const CURSOR = ["cursor", "per_page"];
const ACCOUNT = "/accounts/{account_id}";
const REGISTRATIONS = `${ACCOUNT}/devices/registrations`;
const DEVICES = `${ACCOUNT}/devices/physical-devices`;
const LISTS = `${ACCOUNT}/gateway/lists`;
const IDS = { query: ["id"], repeatable: ["id"] };

/** The calls about devices, lists, members and API tokens. */
export const ACCOUNT_ROUTES: readonly CloudflareRoute[] = [
  {
    method: "GET",
    path: REGISTRATIONS,
    permissions: READ,
    query: ["user.id", "id", "status", "search", ...CURSOR],
    repeatable: ["user.id", "id"],
    answer: listRegistrations,
  },
  {
    method: "POST",
    path: `${REGISTRATIONS}/revoke`,
    permissions: WRITE,
    ...IDS,
    answer: revokeRegistrations,
  },
  {
    method: "POST",
    path: `${REGISTRATIONS}/unrevoke`,
    permissions: WRITE,
    ...IDS,
    answer: unrevokeRegistrations,
  },
  { method: "DELETE", path: REGISTRATIONS, permissions: WRITE, ...IDS, answer: deleteRegistrations },
  {
    method: "GET",
    path: DEVICES,
    permissions: READ,
    query: ["id", "active_registrations", "search", ...CURSOR],
    repeatable: ["id"],
    answer: listDevices,
  },
  {
    method: "POST",
    path: `${DEVICES}/{device_id}/revoke`,
    permissions: WRITE,
    query: [],
    answer: revokeDevice,
  },
  { method: "DELETE", path: `${DEVICES}/{device_id}`, permissions: WRITE, query: [], answer: deleteDevice },
  { method: "GET", path: LISTS, permissions: READ, query: PAGE, answer: listGatewayLists },
  {
    method: "GET",
    path: `${LISTS}/{list_id}/items`,
    permissions: READ,
    query: PAGE,
    answer: listGatewayListItems,
  },
  { method: "PATCH", path: `${LISTS}/{list_id}`, permissions: WRITE, query: [], answer: changeGatewayList },
  {
    method: "GET",
    path: `${ACCOUNT}/members`,
    permissions: ["Account Settings Read", "Account Settings Write"],
    query: ["status", ...PAGE],
    answer: listMembers,
  },
  {
    method: "POST",
    path: `${ACCOUNT}/members`,
    permissions: ["Account Settings Write"],
    query: [],
    answer: inviteMember,
  },
  {
    method: "DELETE",
    path: `${ACCOUNT}/members/{member_id}`,
    permissions: ["Account Settings Write", "SCIM Provisioning"],
    query: [],
    answer: removeMember,
  },
  {
    method: "GET",
    path: `${ACCOUNT}/tokens`,
    permissions: ["Account API Tokens Read", "Account API Tokens Write"],
    query: PAGE,
    answer: listAccountTokens,
  },
  {
    method: "GET",
    path: "/zones/{zone_id}",
    permissions: ["Zone Read"],
    query: [],
    answer: showZone,
  },
  { method: "GET", path: `${ACCOUNT}/tokens/verify`, permissions: [], query: [], answer: verifyToken },
  { method: "GET", path: "/user/tokens/verify", permissions: [], query: [], answer: verifyToken },
  {
    method: "PUT",
    path: `${ACCOUNT}/tokens/{token_id}`,
    permissions: ["Account API Tokens Write"],
    query: [],
    answer: replaceAccountToken,
  },
];
