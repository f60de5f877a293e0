import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessUser } from "../access/find-user.ts";
import { accessErrors } from "../errors.ts";
import { accountId } from "../fields.ts";

/** Reads who holds a paid seat: Cloudflare lists the people, and those without one are left out here. */
export const listSeats = defineOperation({
  name: "cloudflare.seat.list",
  vendor: "cloudflare",
  title: "List who holds a Cloudflare Zero Trust seat",
  scopes: { classic: [], granular: ["access:read", "seats:write"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/methods/list/",
  input: z.strictObject({ accountId }),
  output: z
    .array(accessUser)
    .transform((users) => users.filter((user) => user.access_seat === true || user.gateway_seat === true)),
  call: ({ accountId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users`,
    query: { per_page: "1000" },
  }),
  pages: "numbered",
  limits: ["Cloudflare has no list of seats: everyone whom Access knows is read, 1,000 at a time."],
  errors: accessErrors,
});
