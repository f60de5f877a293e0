import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors } from "../errors.ts";
import { accountId } from "../fields.ts";

const accountToken = z.looseObject({
  id: pathId,
  name: z.string().nullish(),
  /** `active`, `disabled` or `expired`. */
  status: z.string().nullish(),
  issued_on: z.string().nullish(),
  last_used_on: z.string().nullish(),
  expires_on: z.string().nullish(),
  not_before: z.string().nullish(),
  policies: z.array(z.looseObject({})).nullish(),
  condition: z.looseObject({}).nullish(),
});

/** Reads the API tokens that the account owns: they outlive the membership of the person who made them. */
export const listAccountTokens = defineOperation({
  name: "cloudflare.token.listAccountTokens",
  vendor: "cloudflare",
  title: "List the API tokens of the Cloudflare account",
  scopes: { classic: [], granular: ["tokens:read", "tokens:write"] },
  vendorPermission: "Account API Tokens Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/list/",
  input: z.strictObject({ accountId }),
  output: z.array(accountToken),
  call: ({ accountId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/tokens`,
    query: { per_page: "50" },
  }),
  pages: "numbered",
  limits: ["The API tokens of single people cannot be listed: they end with the membership."],
  errors: commonErrors,
});
