import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { accessErrors, notFound } from "../errors.ts";
import { accessUserId, accountId } from "../fields.ts";
import { accessUser } from "./find-user.ts";

/** Reads one person as Access knows them: seats, devices and the last sign-in. */
export const getAccessUser = defineOperation({
  name: "cloudflare.access.getUser",
  vendor: "cloudflare",
  title: "Show a Cloudflare Access user",
  scopes: { classic: [], granular: ["access:read"] },
  vendorPermission: "Access: Audit Logs Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  about: "cloudflareUser",
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/users/methods/get/",
  input: z.strictObject({ accountId, userId: accessUserId }),
  output: accessUser,
  call: ({ accountId, userId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/users/${encodePathSegment(userId)}`,
  }),
  limits: ["Access does not know people who have never signed in through it."],
  errors: [...accessErrors, notFound("person in Access")],
});
