import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, invalidRequest } from "../errors.ts";
import { accountId } from "../fields.ts";

const device = z.looseObject({
  id: pathId,
  name: z.string().nullish(),
  /** Neither revoked nor deleted, of whichever person. */
  active_registrations: z.number().int().nullish(),
  last_seen_at: z.string().nullish(),
  deleted_at: z.string().nullish(),
  last_seen_user: z.looseObject({ id: z.string().nullish(), email: z.string().nullish() }).nullish(),
});

/** Reads the devices of the account, or those that are asked for. */
export const listDevices = defineOperation({
  name: "cloudflare.device.list",
  vendor: "cloudflare",
  title: "List Cloudflare devices",
  scopes: { classic: [], granular: ["devices:read", "devices:revoke", "devices:delete"] },
  vendorPermission: "Zero Trust Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/devices/methods/list/",
  input: z.strictObject({
    accountId,
    deviceIds: z
      .array(pathId)
      .min(1)
      .max(100)
      .optional()
      .meta({ title: "Device ids", description: "Shows these devices only, at most 100." }),
    search: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ title: "Search", description: "Part of a device's details, such as its name." }),
    activeRegistrations: z.enum(["include", "only", "exclude"]).default("include").meta({
      title: "Devices with active registrations",
      description:
        "Show all devices (include), only those with active registrations, or only the others (exclude).",
    }),
  }),
  output: z.array(device),
  call: ({ accountId, deviceIds, search, activeRegistrations }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/devices/physical-devices`,
    query: {
      ...(deviceIds === undefined ? {} : { id: deviceIds }),
      ...(search === undefined ? {} : { search }),
      // Cloudflare leaves devices without an active registration out unless it is told otherwise.
      active_registrations: activeRegistrations,
    },
  }),
  pages: "cursor",
  limits: ["A device is shown with the person who used it last, who may not be its only user."],
  errors: [...commonErrors, invalidRequest],
});
