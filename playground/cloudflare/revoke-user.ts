import type { VendorAnswer } from "../vendor-http.ts";
import { invalidRequest, success } from "./envelope.ts";
import { readBody, readEmail } from "./request-body.ts";
import type { CloudflareContext } from "./route.ts";

/** The account call: e-mail, and optionally devices, the person's uid and the WARP session. */
export function revokeForAccount({ account, request }: CloudflareContext): VendorAnswer {
  const body = readBody(request, ["email", "devices", "user_uid", "warp_session_reauth"]);
  const email = readEmail(body);
  const devicesInQuery = request.query.get("devices") ?? "false";
  if (devicesInQuery !== "true" && devicesInQuery !== "false")
    throw invalidRequest("devices is not a boolean");
  for (const flag of ["devices", "warp_session_reauth"])
    if (body[flag] !== undefined && typeof body[flag] !== "boolean")
      throw invalidRequest(`${flag} is not a boolean`);
  if (body["user_uid"] !== undefined && typeof body["user_uid"] !== "string")
    throw invalidRequest("user_uid is not a string");
  const user = [...account.accessUsers.values()].find(
    (candidate) => candidate.email.toLowerCase() === email.toLowerCase(),
  );
  if (user && body["user_uid"] !== undefined && body["user_uid"] !== user.uid)
    throw invalidRequest("user_uid and email are not the same user");
  account.revoke({
    scope: "account",
    email,
    body,
    devices: devicesInQuery === "true" || body["devices"] === true,
  });
  // An e-mail that nobody has is answered with the same success: only a read-back can tell.
  return success(true);
}

/** The zone call: the e-mail and nothing else. */
export function revokeForZone({ account, request, parameters }: CloudflareContext): VendorAnswer {
  const body = readBody(request, ["email"]);
  const email = readEmail(body);
  account.revoke({ scope: "zone", zoneId: parameters["zone_id"] ?? "", email, body, devices: false });
  return success(true);
}
