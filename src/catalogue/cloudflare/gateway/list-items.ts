import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors, notFound } from "../errors.ts";
import { accountId } from "../fields.ts";
import { listId } from "./list-id.ts";
import { allLists } from "./list-choices.ts";

const listItem = z.looseObject({
  value: z.string().nullish(),
  description: z.string().nullish(),
  created_at: z.string().nullish(),
});

/** Reads who and what is on a list. */
export const listGatewayListItems = defineOperation({
  name: "cloudflare.gateway.listItems",
  vendor: "cloudflare",
  title: "List the entries of a Cloudflare Gateway list",
  scopes: { classic: [], granular: ["lists:read", "lists:write"] },
  vendorPermission: "Zero Trust Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  choices: { listId: allLists },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/lists/subresources/items/methods/list/",
  input: z.strictObject({ accountId, listId }),
  // Cloudflare's client libraries declare a list of lists, its documents show a plain one.
  output: z.array(z.union([listItem, z.array(listItem)])).transform((items) => items.flat()),
  call: ({ accountId, listId }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/gateway/lists/${encodePathSegment(listId)}/items`,
  }),
  pages: "numbered",
  limits: ["List calls have a limit of their own: 600 a minute."],
  errors: [...commonErrors, notFound("list")],
});
