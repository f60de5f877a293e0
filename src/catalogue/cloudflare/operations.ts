import type { Operation } from "../operation.ts";
import { findAccessUser } from "./access/find-user.ts";
import { getActiveSession } from "./access/get-active-session.ts";
import { getLastSeenIdentity } from "./access/get-last-seen-identity.ts";
import { getAccessUser } from "./access/get-user.ts";
import { listActiveSessions } from "./access/list-active-sessions.ts";
import { listFailedLogins } from "./access/list-failed-logins.ts";
import { listAccessRequests } from "./access/list-requests.ts";
import { revokeUserInAccount } from "./access/revoke-user-in-account.ts";
import { revokeUserInZone } from "./access/revoke-user-in-zone.ts";
import { deleteDevice } from "./device/delete.ts";
import { listDevices } from "./device/list.ts";
import { revokeDevice } from "./device/revoke.ts";
import { addGatewayListItem } from "./gateway/add-list-item.ts";
import { listGatewayListItems } from "./gateway/list-items.ts";
import { listGatewayLists } from "./gateway/list-lists.ts";
import { removeGatewayListItem } from "./gateway/remove-list-item.ts";
import { inviteMember } from "./member/invite.ts";
import { listMembers } from "./member/list.ts";
import { removeMember } from "./member/remove.ts";
import { deleteRegistrations } from "./registration/delete.ts";
import { listRegistrations } from "./registration/list.ts";
import { revokeRegistrations } from "./registration/revoke.ts";
import { unrevokeRegistrations } from "./registration/unrevoke.ts";
import { listSeats } from "./seat/list.ts";
import { removeSeat } from "./seat/remove.ts";
import { listAccountTokens } from "./token/list-account-tokens.ts";
import { listServiceTokens } from "./token/list-service-tokens.ts";
import { updateAccountToken } from "./token/update-account-token.ts";
import { updateServiceToken } from "./token/update-service-token.ts";
import { verifyToken } from "./token/verify.ts";

/** Every call to Cloudflare that Deadbolt can make. */
export const cloudflareOperations: readonly Operation[] = [
  findAccessUser,
  getAccessUser,
  listActiveSessions,
  getActiveSession,
  getLastSeenIdentity,
  listFailedLogins,
  listAccessRequests,
  revokeUserInAccount,
  revokeUserInZone,
  listSeats,
  removeSeat,
  listRegistrations,
  revokeRegistrations,
  unrevokeRegistrations,
  deleteRegistrations,
  listDevices,
  revokeDevice,
  deleteDevice,
  listGatewayLists,
  listGatewayListItems,
  addGatewayListItem,
  removeGatewayListItem,
  listMembers,
  removeMember,
  inviteMember,
  listServiceTokens,
  updateServiceToken,
  listAccountTokens,
  updateAccountToken,
  verifyToken,
];
