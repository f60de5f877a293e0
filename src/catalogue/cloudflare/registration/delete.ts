import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId, nothingMore } from "../fields.ts";
import { listRegistrations } from "./list.ts";
import { registrationIds } from "./registration-ids.ts";
import { byAccessUser } from "../known-user.ts";
import { theirRegistrations } from "./their-registrations.ts";

/** Deletes WARP registrations for good and releases their virtual IP addresses. */
export const deleteRegistrations = defineOperation({
  name: "cloudflare.registration.delete",
  vendor: "cloudflare",
  title: "Delete Cloudflare WARP registrations",
  scopes: { classic: [], granular: ["devices:delete"] },
  vendorPermission: "Zero Trust Write",
  risk: "irreversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  // A second call may be answered "no such registration": in doubt it is read back, not repeated.
  idempotent: false,
  about: "cloudflareUser",
  choices: { registrationIds: theirRegistrations("all") },
  current: { operation: "cloudflare.registration.list", input: byAccessUser },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/devices/subresources/registrations/methods/bulk_delete/",
  input: z.strictObject({ accountId, registrationIds }),
  output: nothingMore,
  call: ({ accountId, registrationIds }) => ({
    method: "DELETE",
    path: `/accounts/${encodePathSegment(accountId)}/devices/registrations`,
    query: { id: registrationIds },
  }),
  readBack: {
    operation: listRegistrations.name,
    input: ({ accountId, registrationIds }) => ({ accountId, registrationIds, status: "all" }),
    proves: (reading, { registrationIds }) => {
      const seen = reading.found ? listRegistrations.output.safeParse(reading.output).data : undefined;
      const isGone = (id: string) =>
        seen?.every((one) => one.id !== id || (one.deleted_at ?? "") !== "") === true;
      return registrationIds.every(isGone);
    },
  },
  limits: ["The person can enrol a device again unless the device enrolment rules keep them out."],
  errors: [...commonErrors, invalidRequest, notFound("registration")],
  undo: "It cannot be taken back: the person must enrol each device again.",
});
