import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId, nothingMore } from "../fields.ts";
import { listRegistrations } from "./list.ts";
import { registrationIds } from "./registration-ids.ts";
import { byAccessUser } from "../known-user.ts";
import { theirRegistrations } from "./their-registrations.ts";

/** Makes the keys of revoked WARP registrations valid again. */
export const unrevokeRegistrations = defineOperation({
  name: "cloudflare.registration.unrevoke",
  vendor: "cloudflare",
  title: "Restore revoked Cloudflare WARP registrations",
  scopes: { classic: [], granular: ["devices:revoke"] },
  vendorPermission: "Zero Trust Write",
  risk: "reversible",
  effects: ["opens-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  choices: { registrationIds: theirRegistrations("revoked") },
  current: { operation: "cloudflare.registration.list", input: byAccessUser },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/registrations/methods/unrevoke/",
  input: z.strictObject({ accountId, registrationIds }),
  output: nothingMore,
  call: ({ accountId, registrationIds }) => ({
    method: "POST",
    path: `/accounts/${encodePathSegment(accountId)}/devices/registrations/unrevoke`,
    query: { id: registrationIds },
  }),
  readBack: {
    operation: listRegistrations.name,
    input: ({ accountId, registrationIds }) => ({ accountId, registrationIds, status: "all" }),
    proves: (reading, { registrationIds }) => {
      const seen = reading.found ? listRegistrations.output.safeParse(reading.output).data : undefined;
      return registrationIds.every((id) => {
        const registration = seen?.find((one) => one.id === id);
        return (
          registration !== undefined &&
          (registration.revoked_at ?? "") === "" &&
          (registration.deleted_at ?? "") === ""
        );
      });
    },
  },
  limits: [
    "Deleted registrations do not come back.",
    "Cloudflare's own client libraries call this deprecated; its specification does not.",
  ],
  errors: [...commonErrors, invalidRequest, notFound("registration")],
  undo: "Revoke the same registrations.",
});
