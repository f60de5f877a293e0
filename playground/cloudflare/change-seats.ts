import type { VendorAnswer } from "../vendor-http.ts";
import { invalidRequest, notFoundInAccess, success } from "./envelope.ts";
import { asFields, asFilledList, asText, readJson } from "./request-body.ts";
import type { CloudflareContext } from "./route.ts";

/** Sets seats. Whoever has neither kind loses the registrations of their devices as well. Throws 404 and 400. */
export function changeSeats({ account, request }: CloudflareContext): VendorAnswer {
  const changes = asFilledList(readJson(request), "a list of seats").map((item) => {
    const fields = asFields(item, ["seat_uid", "access_seat", "gateway_seat"]);
    const seatUid = asText(fields["seat_uid"], "seat_uid");
    const { access_seat: access, gateway_seat: gateway } = fields;
    if (seatUid.length > 36 || typeof access !== "boolean" || typeof gateway !== "boolean")
      throw invalidRequest("access_seat and gateway_seat are required");
    const user = [...account.accessUsers.values()].find((one) => one.seat_uid === seatUid);
    if (!user) throw notFoundInAccess("seat");
    return { user, access, gateway };
  });
  const now = account.clock().toISOString();
  const result = changes.map(({ user, access, gateway }) => {
    Object.assign(user, { access_seat: access, gateway_seat: gateway, updated_at: now });
    if (!access && !gateway) account.fleet.remove(account.fleet.registrationsOf({ userId: user.id }));
    const { seat_uid, created_at } = user;
    return { seat_uid, access_seat: access, gateway_seat: gateway, created_at, updated_at: now };
  });
  account.countDevices();
  return success(result);
}
