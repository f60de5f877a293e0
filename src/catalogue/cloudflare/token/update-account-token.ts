import { z } from "zod";
import { effectsByAction } from "../../effect.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId, instant } from "../fields.ts";
import { listAccountTokens } from "./list-account-tokens.ts";
import { accountTokens } from "./token-choices.ts";

const statusAfter = { disable: "disabled", enable: "active" } as const;

/**
 * Stops an API token of the account, or lets it work again. Cloudflare replaces the whole token, so everything that
 * it has comes along, as the list of account tokens shows it.
 */
export const updateAccountToken = defineOperation({
  name: "cloudflare.token.updateAccountToken",
  vendor: "cloudflare",
  title: "Disable or enable an API token of the Cloudflare account",
  scopes: { classic: [], granular: ["tokens:write"] },
  vendorPermission: "Account API Tokens Write",
  risk: "reversible",
  effects: effectsByAction({ disable: "closes-cloudflare", enable: "opens-cloudflare" }),
  rateLimit: "access",
  idempotent: true,
  choices: { tokenId: accountTokens },
  docs: "https://developers.cloudflare.com/api/resources/accounts/subresources/tokens/methods/update/",
  input: z.strictObject({
    accountId,
    tokenId: pathId.meta({
      title: "Token id",
      description: "As the list of account tokens gives it; not the token itself.",
    }),
    action: z
      .enum(["disable", "enable"])
      .meta({ title: "Action", description: "A disabled token is refused until it is enabled again." }),
    name: z.string().min(1).max(120).meta({ title: "Name", description: "The token's name, as it is." }),
    policies: z.array(z.looseObject({})).min(1).meta({
      title: "Policies",
      description: "What the token may do, as it is: it would be lost otherwise.",
    }),
    condition: z
      .looseObject({})
      .optional()
      .meta({ title: "Condition", description: "From which addresses the token may be used, as it is." }),
    expiresOn: instant.optional().meta({ title: "Expires on", description: "As it is." }),
    notBefore: instant.optional().meta({ title: "Not valid before", description: "As it is." }),
  }),
  output: z.looseObject({}),
  call: ({ accountId, tokenId, action, name, policies, condition, expiresOn, notBefore }) => ({
    method: "PUT",
    path: `/accounts/${encodePathSegment(accountId)}/tokens/${encodePathSegment(tokenId)}`,
    body: {
      name,
      policies,
      status: statusAfter[action],
      condition,
      expires_on: expiresOn,
      not_before: notBefore,
    },
  }),
  subject: ({ tokenId }) => tokenId,
  readBack: {
    operation: listAccountTokens.name,
    input: ({ accountId }) => ({ accountId }),
    proves: (reading, { tokenId, action }) => {
      const tokens = reading.found ? listAccountTokens.output.safeParse(reading.output).data : undefined;
      return tokens?.find(({ id }) => id === tokenId)?.status === statusAfter[action];
    },
  },
  limits: [
    "Every program that uses the token is cut off, whoever runs it; this app too, if it is the app's own.",
    "A token that has expired cannot be made to work again this way.",
  ],
  errors: [...commonErrors, invalidRequest, notFound("token")],
  undo: "Enable the token again, or disable it, with the same name, policies and limits.",
});
