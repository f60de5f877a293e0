import type { VendorAnswer } from "../vendor-http.ts";
import { isAddressedBy, roomOf } from "./user.ts";
import { ZoomRefusal, userDoesNotExist } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import { isAdministrator } from "./sign-in.ts";

const ADMINISTRATOR_MAY = ["User:Read", "User:Edit", "Role:Read", "Role:Edit", "AccountSetting:Edit"];

/** `GET /users/{userId}/permissions`: administrators may all of it, members nothing of the account. */
function listPermissions({ account, directory, userId }: ZoomContext): VendorAnswer {
  const user = directory.see(isAddressedBy(account, userId));
  if (!user) throw userDoesNotExist(userId);
  return { status: 200, body: { permissions: isAdministrator(user) ? ADMINISTRATOR_MAY : [] } };
}

/** `GET /users/vanity_name`: whether any account has a personal room of this name. */
function checkVanityName({ account, directory, request }: ZoomContext): VendorAnswer {
  const name = request.query.get("vanity_name") ?? "";
  if (name === "") throw new ZoomRefusal(400, 300, "Vanity name is required.");
  const existed = account.takenRooms.has(name) || directory.seeAll().some((user) => roomOf(user) === name);
  return { status: 200, body: { existed } };
}

/** `GET /accounts/{accountId}/managed_domains`: those of the app's own account. */
function listManagedDomains({ account }: ZoomContext): VendorAnswer {
  const domains = [...account.managedDomains].map((domain) => ({ domain, status: "managed" }));
  return { status: 200, body: { domains, total_records: domains.length } };
}

export const lookUpRoutes: readonly ZoomRoute[] = [
  {
    operation: "accountManagedDomain",
    method: "GET",
    path: "/v2/accounts/me/managed_domains",
    label: "Light",
    scopes: ["account:read:admin", "account:read:managed_domains:master"],
    query: [],
    answer: listManagedDomains,
  },
  {
    operation: "userPermission",
    method: "GET",
    path: "/v2/users/{userId}/permissions",
    label: "Light",
    scopes: [
      "user:read:admin",
      "user:write:admin",
      "user:read:list_permissions:admin",
      "user:read",
      "user:write",
      "user_profile",
      "user:read:list_permissions",
    ],
    query: [],
    answer: listPermissions,
  },
  {
    operation: "userVanityName",
    method: "GET",
    path: "/v2/users/vanity_name",
    label: "Light",
    scopes: ["user:read:admin", "user:write:admin", "user:read:pm_room:admin", "user:read", "user:write"],
    query: ["vanity_name"],
    answer: checkVanityName,
  },
];
