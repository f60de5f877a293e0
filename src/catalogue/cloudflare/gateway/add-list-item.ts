import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId, personEmail } from "../fields.ts";
import { listId } from "./list-id.ts";
import { listGatewayListItems } from "./list-items.ts";
import { listsOfPeople } from "./list-choices.ts";

/** Adds a person to a list, such as the one whose people every policy denies. */
export const addGatewayListItem = defineOperation({
  name: "cloudflare.gateway.addItem",
  vendor: "cloudflare",
  title: "Put a person on a Cloudflare Gateway list",
  scopes: { classic: [], granular: ["lists:write"] },
  vendorPermission: "Zero Trust Write",
  risk: "reversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "person",
  choices: { listId: listsOfPeople },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/lists/methods/edit/",
  input: z.strictObject({
    accountId,
    listId,
    email: personEmail,
    description: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .meta({ title: "Note", description: "Why the person is on the list, for anyone who reads it later." }),
  }),
  output: z.looseObject({}),
  call: ({ accountId, listId, email, description }) => ({
    // PUT would overwrite the whole list.
    method: "PATCH",
    path: `/accounts/${encodePathSegment(accountId)}/gateway/lists/${encodePathSegment(listId)}`,
    body: { append: [{ value: email, description }] },
  }),
  subject: ({ listId }) => listId,
  readBack: {
    operation: listGatewayListItems.name,
    input: ({ accountId, listId }) => ({ accountId, listId }),
    proves: (reading, { email }) => {
      const seen = reading.found ? listGatewayListItems.output.safeParse(reading.output).data : undefined;
      return seen?.some(({ value }) => value?.toLowerCase() === email.toLowerCase()) === true;
    },
  },
  limits: [
    "It blocks only where a deny policy names the list, above every policy that allows.",
    "It is looked at when somebody signs in: revoke the open sessions afterwards.",
    "A list takes 1,000 entries, on Enterprise plans 5,000.",
  ],
  errors: [...commonErrors, invalidRequest, notFound("list")],
  undo: "Remove the person from the list again.",
});
