import type { VendorAnswer } from "../vendor-http.ts";
import { isAddressedBy, type ZoomUser } from "./user.ts";
import { checkFields, oneOf } from "./field-rules.ts";
import { readJsonBody } from "./parameters.ts";
import { ZoomRefusal, userDoesNotExist } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";

const STATUSES = [
  "Away",
  "Available",
  "In_Calendar_Event",
  "Presenting",
  "In_A_Zoom_Meeting",
  "On_A_Call",
  "Out_of_Office",
  "Busy",
];
const MINUTE = 60_000;
const USUAL_MINUTES = 20;
const MOST_MINUTES = 1440;

function checkReach(user: ZoomUser, verb: "read" | "update"): void {
  if (user.pretend.presenceHidden)
    throw new ZoomRefusal(
      400,
      5411,
      `Unauthorized request. You do not have permission to ${verb === "read" ? "get" : verb} the presence status of this user.`,
    );
  if (!user.pretend.isInClient)
    throw new ZoomRefusal(400, 5301, `Request to ${verb} the presence status of this user failed.`);
}

/** `PUT /users/{userId}/presence_status`: once a minute, and only while the user is in a Zoom client. */
async function updatePresence({ account, directory, request, userId }: ZoomContext): Promise<VendorAnswer> {
  const body = readJsonBody(request, ["status", "duration"]);
  const isQuiet = account.doNotDisturb.some((word) => word === body["status"]);
  checkFields(
    {
      status: oneOf(...STATUSES, ...account.doNotDisturb),
      ...(isQuiet ? { duration: { kind: "integer", minimum: 1, maximum: MOST_MINUTES } as const } : {}),
    },
    body,
    ["status"],
  );
  const user = directory.find(userId);
  checkReach(user, "update");
  const now = account.clock().getTime();
  const { presence } = user.pretend;
  if (presence && now - presence.since < MINUTE)
    throw new ZoomRefusal(429, 429, "Too Many Requests. For more information, see rate limits.");
  const minutes = Number(body["duration"] ?? USUAL_MINUTES);
  return directory.write(user, () => {
    user.pretend.presence = {
      status: String(body["status"]),
      since: now,
      until: isQuiet ? now + minutes * MINUTE : Number.POSITIVE_INFINITY,
    };
    return { status: 204 };
  });
}

/** `GET /users/{userId}/presence_status`. */
function getPresence({ account, directory, userId }: ZoomContext): VendorAnswer {
  const user = directory.see(isAddressedBy(account, userId));
  if (!user) throw userDoesNotExist(userId);
  checkReach(user, "read");
  const { presence } = user.pretend;
  const holds = presence !== undefined && presence.until > account.clock().getTime();
  return { status: 200, body: { status: holds ? presence.status : "Available" } };
}

const PATH = "/v2/users/{userId}/presence_status";

export const presenceRoutes: readonly ZoomRoute[] = [
  {
    operation: "updatePresenceStatus",
    method: "PUT",
    path: PATH,
    label: "Medium",
    scopes: [
      "user:write:admin",
      "user:update:presence_status:admin",
      "user:write",
      "user:update:presence_status",
    ],
    query: [],
    answer: updatePresence,
  },
  {
    operation: "getUserPresenceStatus",
    method: "GET",
    path: PATH,
    label: "Medium",
    scopes: ["user:read:admin", "user:read:presence_status:admin", "user:read", "user:read:presence_status"],
    query: [],
    answer: getPresence,
  },
];
