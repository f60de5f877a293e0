import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors } from "../errors.ts";
import { accountId } from "../fields.ts";

/** Asks whether the app's own token works, and until when. Any token may ask this about itself. */
export const verifyToken = defineOperation({
  name: "cloudflare.token.verify",
  vendor: "cloudflare",
  title: "Check the app's own Cloudflare token",
  scopes: { classic: [], granular: ["tokens:read", "tokens:write"] },
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/",
  input: z.strictObject({
    accountId: accountId.optional().meta({
      title: "Cloudflare account id",
      description: "For a token that the account owns; left out for one that a person owns.",
    }),
  }),
  output: z.looseObject({
    id: z.string().nullish(),
    /** `active`, `disabled` or `expired`. */
    status: z.string(),
    expires_on: z.string().nullish(),
    not_before: z.string().nullish(),
  }),
  call: ({ accountId }) => ({
    method: "GET",
    path:
      accountId === undefined
        ? "/user/tokens/verify"
        : `/accounts/${encodePathSegment(accountId)}/tokens/verify`,
  }),
  limits: [
    "It tells that the token is valid, not what it may do.",
    "It is not for the legacy pair of e-mail and key.",
  ],
  errors: [
    ...commonErrors.filter(({ code }) => code !== 10000),
    { status: 401, code: 1000, means: "The token is not valid: make a new one and configure it." },
  ],
});
