import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { accessErrors } from "../errors.ts";
import { accountId } from "../fields.ts";

const serviceToken = z.looseObject({
  id: pathId,
  name: z.string().nullish(),
  /** The public half of the token; the secret is never shown again. */
  client_id: z.string().nullish(),
  enabled: z.boolean().nullish(),
  expires_at: z.string().nullish(),
  last_seen_at: z.string().nullish(),
});

/** Reads the service tokens with which programs pass Access. */
export const listServiceTokens = defineOperation({
  name: "cloudflare.token.listServiceTokens",
  vendor: "cloudflare",
  title: "List the Cloudflare Access service tokens",
  scopes: { classic: [], granular: ["tokens:read", "tokens:write"] },
  vendorPermission: "Access: Service Tokens Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/service_tokens/methods/list/",
  input: z.strictObject({ accountId }),
  output: z.array(serviceToken),
  call: ({ accountId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/access/service_tokens`,
  }),
  pages: "numbered",
  limits: [
    "Cloudflare does not say who made a token or holds its secret: go by its name and when it was used.",
  ],
  errors: accessErrors,
});
