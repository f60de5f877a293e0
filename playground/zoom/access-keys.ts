import { randomBytes } from "node:crypto";
import type { VendorAnswer } from "../vendor-http.ts";
import { readChoice, readNumber } from "./parameters.ts";
import { ZoomRefusal, endpointNotRecognized, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import type { ZoomUser } from "./user.ts";

const SECONDS_IN_A_YEAR = 365 * 24 * 60 * 60;
const KINDS = ["token", "zak", "onbehalf"] as const;

/** A credential of a user, kept with them so that a test can look for where it went. */
function issue(user: ZoomUser): VendorAnswer {
  const token = `zak.${randomBytes(24).toString("base64url")}.${randomBytes(12).toString("base64url")}`;
  user.pretend.accessKeys.push(token);
  return { status: 200, body: { token } };
}

/** `GET /users/{userId}/token`: without a type it is the deprecated one, which answers a sentence. */
function getToken({ directory, request, userId }: ZoomContext): VendorAnswer {
  const type = readChoice(request, "type", KINDS, "token");
  readNumber(request, "ttl", { minimum: 1, maximum: SECONDS_IN_A_YEAR, fallback: 7200 });
  if (request.query.has("meeting_id") && type !== "onbehalf")
    throw validationFailed("meeting_id", "Invalid field.");
  const user = directory.find(userId);
  if (type !== "token") return issue(user);
  return { status: 200, body: { token: "Token is no longer supported. Please use ZAK token instead." } };
}

/** `GET /users/me/zak`: of whom the credentials act as, and so of the app's owner. */
function getZak({ account, userId }: ZoomContext): VendorAnswer {
  if (userId !== "me") throw endpointNotRecognized();
  if (!account.users.has(account.owner.id)) throw new ZoomRefusal(400, 1001, "User not exist.");
  return issue(account.owner);
}

export const accessKeyRoutes: readonly ZoomRoute[] = [
  {
    operation: "userToken",
    method: "GET",
    path: "/v2/users/{userId}/token",
    label: "Light",
    scopes: [
      "user:read:admin",
      "user:write:admin",
      "user:read:token:admin",
      "user:read",
      "user:write",
      "user:read:token",
    ],
    query: ["type", "ttl", "meeting_id"],
    answer: getToken,
  },
  {
    operation: "userZak",
    method: "GET",
    path: "/v2/users/{userId}/zak",
    label: "Light",
    scopes: ["user_zak:read", "user:read:zak:admin", "user:read:zak"],
    query: [],
    answer: getZak,
  },
];
