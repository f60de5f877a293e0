import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, notFound } from "../errors.ts";
import { accountId, nothingMore } from "../fields.ts";
import { listDevices } from "./list.ts";
import { theirDevices } from "./their-devices.ts";

/** Revokes all registrations of one device, those of other people too. */
export const revokeDevice = defineOperation({
  name: "cloudflare.device.revoke",
  vendor: "cloudflare",
  title: "Revoke every registration of a Cloudflare device",
  scopes: { classic: [], granular: ["devices:revoke"] },
  vendorPermission: "Zero Trust Write",
  risk: "reversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "person",
  choices: { deviceId: theirDevices },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/devices/methods/revoke/",
  input: z.strictObject({
    accountId,
    deviceId: pathId.meta({ title: "Device id", description: "As the list of devices gives it." }),
  }),
  output: nothingMore,
  call: ({ accountId, deviceId }) => ({
    method: "POST",
    path: `/accounts/${encodePathSegment(accountId)}/devices/physical-devices/${encodePathSegment(deviceId)}/revoke`,
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
      return seen?.find((device) => device.id === deviceId)?.active_registrations === 0;
    },
  },
  limits: [
    "It reaches everyone who uses the device: for one person, revoke that person's registrations.",
    "Cloudflare's own client libraries call this deprecated in favour of deletion.",
  ],
  errors: [...commonErrors, notFound("device")],
  undo: "Restore the registrations that were active before, by their ids: list them first.",
});
