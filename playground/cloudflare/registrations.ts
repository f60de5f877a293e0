import type { VendorAnswer } from "../vendor-http.ts";
import { notFound, success } from "./envelope.ts";
import { cursorPage, readChoice } from "./page.ts";
import type { CloudflareContext } from "./route.ts";

/** The registrations of some people, or with some ids, or all; active ones only by default. */
export function listRegistrations({ account, request }: CloudflareContext): VendorAnswer {
  const status = readChoice(request, "status", ["active", "all", "revoked"]);
  const userIds = request.query.getAll("user.id");
  const ids = request.query.getAll("id");
  const part = request.query.get("search")?.toLowerCase() ?? "";
  const shown = [...account.fleet.registrations.values()].flatMap((registration) => {
    const { deviceId, userId, ...rest } = registration;
    const isRevoked = registration.revoked_at !== null;
    if (userIds.length > 0 && !userIds.includes(userId)) return [];
    if (ids.length > 0 && !ids.includes(registration.id)) return [];
    if (status !== "all" && isRevoked !== (status === "revoked")) return [];
    const person = account.accessUsers.get(userId);
    const device = account.fleet.devices.get(deviceId);
    if (!`${device?.name} ${person?.email} ${person?.name}`.toLowerCase().includes(part)) return [];
    return [
      {
        ...rest,
        deleted_at: null,
        key_type: "curve25519",
        device: { id: deviceId, name: device?.name ?? "", client_version: "2026.2.0" },
        user: { id: userId, email: person?.email ?? "", name: person?.name ?? "" },
      },
    ];
  });
  return cursorPage({ account, request }, shown, { usual: 20, most: 100 });
}

/**
 * The registrations that the ids name. Without any id all of the account: what the real vendor does is not written
 * down anywhere, so the worst is played here. Throws 404 when one is unknown.
 */
function chosen({ account, request }: CloudflareContext) {
  const ids = request.query.getAll("id");
  if (ids.length === 0) return [...account.fleet.registrations.values()];
  return ids.map((id) => {
    const registration = account.fleet.registrations.get(id);
    if (!registration) throw notFound("registration");
    return registration;
  });
}

/** Makes the keys invalid. */
export function revokeRegistrations(context: CloudflareContext): VendorAnswer {
  context.account.fleet.revoke(chosen(context));
  context.account.countDevices();
  return success(null);
}

/** Makes the keys valid again. */
export function unrevokeRegistrations(context: CloudflareContext): VendorAnswer {
  context.account.fleet.unrevoke(chosen(context));
  context.account.countDevices();
  return success(null);
}

/** Deletes for good. */
export function deleteRegistrations(context: CloudflareContext): VendorAnswer {
  context.account.fleet.remove(chosen(context));
  context.account.countDevices();
  return success(null);
}
