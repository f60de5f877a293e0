import type { VendorAnswer } from "../vendor-http.ts";
import { notFound, success } from "./envelope.ts";
import { cursorPage, readChoice } from "./page.ts";
import { type CloudflareContext, parameter } from "./route.ts";

/** The devices; only those with an active registration by default. */
export function listDevices({ account, request }: CloudflareContext): VendorAnswer {
  const { fleet } = account;
  const choice = readChoice(request, "active_registrations", ["only", "include", "exclude"]);
  const ids = request.query.getAll("id");
  const part = request.query.get("search")?.toLowerCase() ?? "";
  const shown = [...fleet.devices.values()].flatMap((device) => {
    const registrations = fleet.registrationsOf({ deviceId: device.id });
    const active = registrations.filter(({ revoked_at }) => revoked_at === null).length;
    if (choice !== "include" && active > 0 !== (choice === "only")) return [];
    if (ids.length > 0 && !ids.includes(device.id)) return [];
    if (!device.name.toLowerCase().includes(part)) return [];
    const person = account.accessUsers.get(registrations.at(-1)?.userId ?? "");
    return [
      {
        ...device,
        active_registrations: active,
        deleted_at: null,
        last_seen_user: person ? { id: person.id, email: person.email, name: person.name } : null,
      },
    ];
  });
  return cursorPage({ account, request }, shown, { usual: 20, most: 100 });
}

/** Revokes every registration on the device, whoever's they are. Throws 404 when unknown. */
export function revokeDevice(context: CloudflareContext): VendorAnswer {
  const { fleet } = context.account;
  fleet.revoke(fleet.registrationsOf({ deviceId: findDevice(context) }));
  context.account.countDevices();
  return success(null);
}

/** Deletes the device with every registration on it. Throws 404 when unknown. */
export function deleteDevice(context: CloudflareContext): VendorAnswer {
  const { fleet } = context.account;
  const deviceId = findDevice(context);
  fleet.remove(fleet.registrationsOf({ deviceId }));
  fleet.devices.delete(deviceId);
  context.account.countDevices();
  return success(null);
}

function findDevice(context: CloudflareContext): string {
  const id = parameter(context, "device_id");
  if (!context.account.fleet.devices.has(id)) throw notFound("device");
  return id;
}
