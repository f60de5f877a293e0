import { findAccessUser } from "./cloudflare/access/find-user.ts";
import { listActiveSessions } from "./cloudflare/access/list-active-sessions.ts";
import { revokeUserInAccount } from "./cloudflare/access/revoke-user-in-account.ts";
import { revokeUserInZone } from "./cloudflare/access/revoke-user-in-zone.ts";
import type { Operation } from "./operation.ts";
import { checkZoomEmail } from "./zoom/user/check-email.ts";
import { deleteZoomUser } from "./zoom/user/delete.ts";
import { getZoomUser } from "./zoom/user/get.ts";
import { listZoomUsers } from "./zoom/user/list.ts";
import { revokeZoomSsoToken } from "./zoom/user/revoke-sso-token.ts";
import { updateZoomUserStatus } from "./zoom/user/update-status.ts";

/** Every vendor call that Deadbolt can make. */
export const operations: readonly Operation[] = [
  getZoomUser,
  listZoomUsers,
  checkZoomEmail,
  updateZoomUserStatus,
  revokeZoomSsoToken,
  deleteZoomUser,
  findAccessUser,
  listActiveSessions,
  revokeUserInAccount,
  revokeUserInZone,
];

const operationsByName = new Map(operations.map((operation) => [operation.name, operation]));

/**
 * The operation of this name.
 * @throws RangeError when the catalogue has none, naming those it has
 */
export function findOperation(name: string): Operation {
  const operation = operationsByName.get(name);
  if (operation === undefined)
    throw new RangeError(
      `The catalogue has no operation "${name}". It has: ${[...operationsByName.keys()].join(", ")}.`,
    );
  return operation;
}
