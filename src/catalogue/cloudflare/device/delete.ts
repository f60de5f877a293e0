import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, notFound } from "../errors.ts";
import { accountId, nothingMore } from "../fields.ts";
import { listDevices } from "./list.ts";
import { theirDevices } from "./their-devices.ts";

/** Deletes one device with all its registrations, those of other people too. */
export const deleteDevice = defineOperation({
  name: "cloudflare.device.delete",
  vendor: "cloudflare",
  title: "Delete a Cloudflare device",
  scopes: { classic: [], granular: ["devices:delete"] },
  vendorPermission: "Zero Trust Write",
  risk: "irreversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  // A second call is answered "no such device": in doubt it is read back, not repeated.
  idempotent: false,
  about: "person",
  choices: { deviceId: theirDevices },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/devices/methods/delete/",
  input: z.strictObject({
    accountId,
    deviceId: pathId.meta({ title: "Device id", description: "As the list of devices gives it." }),
  }),
  output: nothingMore,
  call: ({ accountId, deviceId }) => ({
    method: "DELETE",
    path: `/accounts/${encodePathSegment(accountId)}/devices/physical-devices/${encodePathSegment(deviceId)}`,
  }),
  subject: ({ deviceId }) => deviceId,
  readBack: {
    operation: listDevices.name,
    input: ({ accountId, deviceId }) => ({
      accountId,
      deviceIds: [deviceId],
      activeRegistrations: "include",
    }),
    proves: (reading, { deviceId }) => {
      const seen = reading.found ? listDevices.output.safeParse(reading.output).data : undefined;
      return seen?.every((device) => device.id !== deviceId || (device.deleted_at ?? "") !== "") === true;
    },
  },
  limits: ["It reaches everyone who uses the device: for one person, delete that person's registrations."],
  errors: [...commonErrors, notFound("device")],
  undo: "It cannot be taken back: its user must enrol it again.",
});
