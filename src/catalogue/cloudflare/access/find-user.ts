import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { accessErrors, invalidRequest } from "../errors.ts";
import { accountId, personEmail } from "../fields.ts";

/** A person as Access knows them; the numbers are what a preview shows. */
export const accessUser = z.looseObject({
  id: pathId,
  email: z.string().nullish(),
  name: z.string().nullish(),
  uid: pathId.nullish(),
  seat_uid: z.string().nullish(),
  access_seat: z.boolean().nullish(),
  gateway_seat: z.boolean().nullish(),
  active_device_count: z.number().nullish(),
  last_successful_login: z.string().nullish(),
});

/**
 * Reads the Access users that Cloudflare finds for an e-mail address. It does not promise an exact match: the
 * caller compares the addresses, and refuses none and more than one.
 */
export const findAccessUser = defineOperation({
  name: "cloudflare.access.findUser",
  vendor: "cloudflare",
  title: "Look up a Cloudflare Access user",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "person",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/methods/list/",
  input: z.strictObject({ accountId, email: personEmail }),
  output: z.array(accessUser),
  call: ({ accountId, email }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users`,
    // The search matches parts of addresses, and Cloudflare caps the page: the exact match may be on a later one.
    query: { email, per_page: "1000" },
  }),
  pages: "numbered",
  limits: [
    "Access does not know people who have never signed in through it.",
    "Cloudflare does not promise an exact match: compare the address in the answer.",
  ],
  errors: [...accessErrors, invalidRequest],
});
