import { z } from "zod";
import { effectsByAction } from "../../effect.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { accessErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId } from "../fields.ts";
import { listServiceTokens } from "./list-service-tokens.ts";
import { serviceTokens } from "./token-choices.ts";

/** Stops a service token, or lets it work again. The token and its secret stay as they are. */
export const updateServiceToken = defineOperation({
  name: "cloudflare.token.updateServiceToken",
  vendor: "cloudflare",
  title: "Disable or enable a Cloudflare Access service token",
  scopes: { classic: [], granular: ["tokens:write"] },
  vendorPermission: "Access: Service Tokens Write",
  risk: "reversible",
  effects: effectsByAction({ disable: "closes-cloudflare", enable: "opens-cloudflare" }),
  rateLimit: "access",
  idempotent: true,
  choices: { serviceTokenId: serviceTokens },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/subresources/service_tokens/methods/update/",
  input: z.strictObject({
    accountId,
    serviceTokenId: pathId.meta({
      title: "Service token id",
      description: "As the list of service tokens gives it; it is not the client id.",
    }),
    action: z
      .enum(["disable", "enable"])
      .meta({ title: "Action", description: "A disabled token is refused, also with its previous secret." }),
  }),
  output: z.looseObject({}),
  call: ({ accountId, serviceTokenId, action }) => ({
    method: "PUT",
    path: `/accounts/${encodePathSegment(accountId)}/access/service_tokens/${encodePathSegment(serviceTokenId)}`,
    body: { enabled: action === "enable" },
  }),
  subject: ({ serviceTokenId }) => serviceTokenId,
  readBack: {
    operation: listServiceTokens.name,
    input: ({ accountId }) => ({ accountId }),
    proves: (reading, { serviceTokenId, action }) => {
      const tokens = reading.found ? listServiceTokens.output.safeParse(reading.output).data : undefined;
      return tokens?.find(({ id }) => id === serviceTokenId)?.enabled === (action === "enable");
    },
  },
  limits: [
    "Every program that uses the token is cut off, whoever runs it.",
    "Revoking a person does not reach service tokens: this does.",
  ],
  errors: [...accessErrors, invalidRequest, notFound("service token")],
  undo: "Enable the token again, or disable it: its secret stays the same.",
});
