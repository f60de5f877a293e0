import { decodePath } from "../path.ts";
import type { VendorRequest } from "../vendor-http.ts";
import { accessKeyRoutes } from "./access-keys.ts";
import { signInRoutes } from "./change-sign-in.ts";
import { postUser } from "./create-user.ts";
import { deleteUser } from "./delete-user.ts";
import { checkEmail, getUser } from "./get-user.ts";
import { createUserList } from "./list-users.ts";
import { lookUpRoutes } from "./look-up.ts";
import { createMeetingRoutes } from "./meetings.ts";
import { presenceRoutes } from "./presence.ts";
import { createRecordingRoutes } from "./recordings.ts";
import { endpointNotRecognized } from "./refusal.ts";
import { createRoleRoutes } from "./roles.ts";
import type { ZoomRoute } from "./route.ts";
import { schedulingRoutes } from "./scheduling.ts";
import { settingsRoutes } from "./settings.ts";
import { revokeSsoToken, updateStatus } from "./sign-in.ts";
import { updateUser } from "./update-user.ts";
import { uploadRoutes } from "./uploads.ts";

// Static paths beside /users/{userId}: a user id never means them, whatever the method.
const STATIC_SIBLINGS = new Set(["email", "vanity_name", "summary", "features", "zak"]);

/** The operations that the pretend Zoom knows; a route table belongs to one server, as paging keeps state. */
export function createRoutes(): ZoomRoute[] {
  return [
    {
      operation: "users",
      method: "GET",
      path: "/v2/users",
      label: "Medium",
      scopes: ["user:read:admin", "user:write:admin", "user:read:list_users:admin"],
      query: [
        "status",
        "page_size",
        "role_id",
        "page_number",
        "include_fields",
        "next_page_token",
        "license",
      ],
      answer: createUserList(),
    },
    {
      operation: "userCreate",
      method: "POST",
      path: "/v2/users",
      label: "Light",
      scopes: ["user:write:admin", "user:write:user:admin"],
      query: [],
      answer: postUser,
    },
    {
      operation: "userUpdate",
      method: "PATCH",
      path: "/v2/users/{userId}",
      label: "Light",
      scopes: ["user:write:admin", "user:update:user:admin", "user:write", "user:update:user"],
      query: ["login_type", "remove_tsp_credentials"],
      answer: updateUser,
    },
    {
      operation: "userEmail",
      method: "GET",
      path: "/v2/users/email",
      label: "Light",
      scopes: ["user:read:admin", "user:write:admin", "user:read:email:admin"],
      query: ["email"],
      answer: checkEmail,
    },
    {
      operation: "user",
      method: "GET",
      path: "/v2/users/{userId}",
      label: "Light",
      scopes: [
        "user:read:admin",
        "user:write:admin",
        "user:read:user:admin",
        "user:read",
        "user:write",
        "user:read:user",
      ],
      query: ["login_type", "encrypted_email", "search_by_unique_id"],
      answer: getUser,
    },
    {
      operation: "userStatus",
      method: "PUT",
      path: "/v2/users/{userId}/status",
      label: "Light",
      scopes: ["user:write:admin", "user:update:status:admin", "user:write", "user:update:status"],
      query: [],
      answer: updateStatus,
    },
    {
      operation: "userSSOTokenDelete",
      method: "DELETE",
      path: "/v2/users/{userId}/token",
      label: "Light",
      scopes: ["user:write:admin", "user:delete:token:admin", "user:write", "user:delete:token"],
      query: [],
      answer: revokeSsoToken,
    },
    {
      operation: "userDelete",
      method: "DELETE",
      path: "/v2/users/{userId}",
      label: "Light",
      scopes: ["user:write:admin", "user:delete:user:admin", "user:write", "user:delete:user"],
      query: [
        "encrypted_email",
        "action",
        "transfer_email",
        "transfer_meeting",
        "transfer_webinar",
        "transfer_recording",
        "transfer_whiteboard",
        "transfer_clipfiles",
        "transfer_notes",
        "transfer_visitors",
        "transfer_docs",
      ],
      answer: deleteUser,
    },
    ...signInRoutes,
    ...accessKeyRoutes,
    ...presenceRoutes,
    ...lookUpRoutes,
    ...schedulingRoutes,
    ...settingsRoutes,
    ...uploadRoutes,
    ...createMeetingRoutes(),
    ...createRecordingRoutes(),
    ...createRoleRoutes(),
  ];
}

/** Finds the route and what its path names. Throws 400/2300. */
export function matchRoute(
  routes: readonly ZoomRoute[],
  request: VendorRequest,
): { route: ZoomRoute; userId: string; segments: Record<string, string> } {
  const parts = decodePath(request.path);
  if (!parts) throw endpointNotRecognized();
  for (const route of routes) {
    const template = route.path.slice(1).split("/");
    if (route.method !== request.method || template.length !== parts.length) continue;
    const segments: Record<string, string> = {};
    const matches = template.every((name, index) => {
      const part = parts[index] ?? "";
      if (!name.startsWith("{")) return name === part;
      segments[name.slice(1, -1)] = part;
      return name !== "{userId}" || !STATIC_SIBLINGS.has(part);
    });
    if (matches) return { route, userId: segments["userId"] ?? "", segments };
  }
  throw endpointNotRecognized();
}
