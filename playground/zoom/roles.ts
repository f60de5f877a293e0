import type { VendorAnswer } from "../vendor-http.ts";
import { createPager } from "./pages.ts";
import { readChoice, readJsonBody } from "./parameters.ts";
import { ZoomRefusal, nothingFound, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import type { ZoomAccount, ZoomRole } from "./state.ts";
import { isAddressedBy, type ZoomUser } from "./user.ts";

/** The roles that every account has. */
export function createRoles(): Map<string, ZoomRole> {
  return new Map([
    [
      "0",
      {
        name: "Owner",
        description: "Account owner has full privileges to access and manage a Zoom account.",
      },
    ],
    [
      "1",
      {
        name: "Admin",
        description: "Admins have wide range privileges to access and manage a Zoom account.",
      },
    ],
    ["2", { name: "Member", description: "Members have access to basic Zoom video meeting functions." }],
  ]);
}

function membersOf(directory: ZoomContext["directory"], roleId: string): ZoomUser[] {
  return directory
    .seeAll()
    .filter((user) => user.role_id === roleId)
    .toSorted((one, other) => (one.email < other.email ? -1 : Number(one.email > other.email)));
}

/** Zoom takes so many in one call. */
const MOST_MEMBERS = 30;

function checkRole(account: ZoomAccount, roleId: string): void {
  if (!account.roles.has(roleId)) throw new ZoomRefusal(400, 1034, "Provided `role_id` does not exist.");
}

/** `GET /roles`. */
function listRoles({ account, directory, request }: ZoomContext): VendorAnswer {
  readChoice(request, "type", ["common", "iq"], "common");
  const roles = [...account.roles].map(([id, role]) => ({
    id,
    ...role,
    total_members: membersOf(directory, id).length,
  }));
  return { status: 200, body: { roles, total_records: roles.length } };
}

/** `GET /roles/{roleId}/members`, in pages. */
function createRoleMemberList(): (context: ZoomContext) => VendorAnswer {
  const page = createPager();
  return ({ account, directory, request, segments }) => {
    const roleId = segments["roleId"] ?? "";
    checkRole(account, roleId);
    const { items, ...paging } = page(account, request, roleId, membersOf(directory, roleId));
    const members = items.map(({ id, email, first_name, last_name, dept, type }) => ({
      id,
      email,
      first_name,
      last_name,
      department: dept,
      type,
    }));
    return { status: 200, body: { ...paging, members } };
  };
}

/** `DELETE /roles/{roleId}/members/{memberId}`: the person is a plain member then. */
async function removeRoleMember({ account, directory, segments }: ZoomContext): Promise<VendorAnswer> {
  const roleId = segments["roleId"] ?? "";
  checkRole(account, roleId);
  if (roleId === "0" || roleId === "2")
    throw new ZoomRefusal(400, 300, "Can't delete or add members for Normal/Owner roles.");
  const memberId = segments["memberId"] ?? "";
  const user = [...account.users.values()].find(isAddressedBy(account, memberId));
  if (user?.id !== memberId || user.role_id !== roleId) throw nothingFound();
  return directory.write(user, () => {
    user.role_id = "2";
    user.role_name = account.roles.get("2")?.name ?? "Member";
    return { status: 204 };
  });
}

/** `POST /roles/{roleId}/members`: each of them has this role then, instead of the one of before. */
async function assignRole({ account, directory, request, segments }: ZoomContext): Promise<VendorAnswer> {
  const roleId = segments["roleId"] ?? "";
  checkRole(account, roleId);
  if (roleId === "0" || roleId === "2")
    throw new ZoomRefusal(400, 300, "Can't delete or add members for Normal/Owner roles.");
  const { members } = readJsonBody(request, ["members"]);
  if (!Array.isArray(members) || members.length === 0 || members.length > MOST_MEMBERS)
    throw validationFailed("members", "Invalid field.");
  const users = (members as { id?: unknown; email?: unknown }[]).map(({ id, email }) => {
    const address = typeof email === "string" ? email.toLowerCase() : undefined;
    const user = [...account.users.values()].find(
      (one) => one.id === id || one.email.toLowerCase() === address,
    );
    if (user === undefined) throw nothingFound();
    if (user.role_id === "0") throw new ZoomRefusal(400, 300, "Can't change the role of the owner.");
    return user;
  });
  for (const user of users)
    await directory.write(user, () => {
      user.role_id = roleId;
      user.role_name = account.roles.get(roleId)?.name ?? "";
      return { status: 201 };
    });
  return {
    status: 201,
    body: { ids: users.map(({ id }) => id).join(","), add_at: account.clock().toISOString() },
  };
}

/** The routes of roles; the table belongs to one server, as paging keeps state. */
export function createRoleRoutes(): ZoomRoute[] {
  return [
    {
      operation: "roles",
      method: "GET",
      path: "/v2/roles",
      label: "Medium",
      scopes: ["role:read:admin", "role:write:admin", "role:read:list_roles:admin"],
      missingScopeCode: 4700,
      query: ["type"],
      answer: listRoles,
    },
    {
      operation: "roleMembers",
      method: "GET",
      path: "/v2/roles/{roleId}/members",
      label: "Medium",
      scopes: ["role:read:admin", "role:write:admin", "role:read:list_members:admin"],
      query: ["page_size", "next_page_token"],
      answer: createRoleMemberList(),
    },
    {
      operation: "addRoleMembers",
      method: "POST",
      path: "/v2/roles/{roleId}/members",
      label: "Medium",
      scopes: ["role:write:admin", "role:write:member:admin"],
      query: [],
      answer: assignRole,
    },
    {
      operation: "roleMemberDelete",
      method: "DELETE",
      path: "/v2/roles/{roleId}/members/{memberId}",
      label: "Light",
      scopes: ["role:write:admin", "role:delete:member:admin"],
      query: [],
      answer: removeRoleMember,
    },
  ];
}
