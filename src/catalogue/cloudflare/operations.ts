import type { Operation } from "../operation.ts";
import { findAccessUser } from "./access/find-user.ts";
import { listActiveSessions } from "./access/list-active-sessions.ts";
import { revokeUserInAccount } from "./access/revoke-user-in-account.ts";
import { revokeUserInZone } from "./access/revoke-user-in-zone.ts";

/** Every call to Cloudflare that Deadbolt can make. */
export const cloudflareOperations: readonly Operation[] = [
  findAccessUser,
  listActiveSessions,
  revokeUserInAccount,
  revokeUserInZone,
];
