import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors } from "../errors.ts";
import { accountId } from "../fields.ts";

const gatewayList = z.looseObject({
  id: pathId,
  name: z.string().nullish(),
  /** `EMAIL` for lists of people. */
  type: z.string().nullish(),
  description: z.string().nullish(),
  count: z.number().nullish(),
});

/** Reads which lists there are, so that the one that blocks people can be found. */
export const listGatewayLists = defineOperation({
  name: "cloudflare.gateway.listLists",
  vendor: "cloudflare",
  title: "List the Cloudflare Gateway lists",
  scopes: { classic: [], granular: ["lists:read", "lists:write"] },
  vendorPermission: "Zero Trust Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/lists/methods/list/",
  input: z.strictObject({ accountId }),
  output: z.array(gatewayList),
  call: ({ accountId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/gateway/lists`,
  }),
  pages: "numbered",
  limits: ["List calls have a limit of their own: 600 a minute."],
  errors: commonErrors,
});
