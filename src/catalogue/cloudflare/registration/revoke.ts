import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId, nothingMore } from "../fields.ts";
import { listRegistrations } from "./list.ts";
import { registrationIds } from "./registration-ids.ts";
import { byAccessUser } from "../known-user.ts";
import { theirRegistrations } from "./their-registrations.ts";

/** Makes the keys of WARP registrations invalid and keeps the registrations: the device step that can be undone. */
export const revokeRegistrations = defineOperation({
  name: "cloudflare.registration.revoke",
  vendor: "cloudflare",
  title: "Revoke Cloudflare WARP registrations",
  scopes: { classic: [], granular: ["devices:revoke"] },
  vendorPermission: "Zero Trust Write",
  risk: "reversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  choices: { registrationIds: theirRegistrations("active") },
  current: { operation: "cloudflare.registration.list", input: byAccessUser },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/registrations/methods/revoke/",
  input: z.strictObject({ accountId, registrationIds }),
  output: nothingMore,
  call: ({ accountId, registrationIds }) => ({
    method: "POST",
    path: `/accounts/${encodePathSegment(accountId)}/devices/registrations/revoke`,
    query: { id: registrationIds },
  }),
  readBack: {
    operation: listRegistrations.name,
    input: ({ accountId, registrationIds }) => ({ accountId, registrationIds, status: "all" }),
    proves: (reading, { registrationIds }) => {
      const seen = reading.found ? listRegistrations.output.safeParse(reading.output).data : undefined;
      return registrationIds.every((id) => {
        const registration = seen?.find((one) => one.id === id);
        return (registration?.revoked_at ?? "") !== "";
      });
    },
  },
  limits: [
    "The person can enrol a device again unless the device enrolment rules keep them out.",
    "Revoked registrations keep their virtual IP addresses.",
    "Cloudflare's own client libraries call this deprecated in favour of deletion; its specification does not.",
  ],
  errors: [...commonErrors, invalidRequest, notFound("registration")],
  undo: "Unrevoke the same registrations.",
});
