import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { commonErrors, invalidRequest, notFound } from "../errors.ts";
import { accountId, personEmail } from "../fields.ts";
import { listId } from "./list-id.ts";
import { listGatewayListItems } from "./list-items.ts";
import { listsOfPeople } from "./list-choices.ts";

/** Removes a person from a list, and so lifts the block where the list is one that blocks. */
export const removeGatewayListItem = defineOperation({
  name: "cloudflare.gateway.removeItem",
  vendor: "cloudflare",
  title: "Take a person off a Cloudflare Gateway list",
  scopes: { classic: [], granular: ["lists:write"] },
  vendorPermission: "Zero Trust Write",
  risk: "reversible",
  effects: ["opens-cloudflare"],
  rateLimit: "access",
  idempotent: true,
  about: "person",
  choices: { listId: listsOfPeople },
  docs: "https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/lists/methods/edit/",
  input: z.strictObject({ accountId, listId, email: personEmail }),
  output: z.looseObject({}),
  call: ({ accountId, listId, email }) => ({
    // PUT would overwrite the whole list.
    method: "PATCH",
    path: `/accounts/${encodePathSegment(accountId)}/gateway/lists/${encodePathSegment(listId)}`,
    body: { remove: [email] },
  }),
  subject: ({ listId }) => listId,
  readBack: {
    operation: listGatewayListItems.name,
    input: ({ accountId, listId }) => ({ accountId, listId }),
    proves: (reading, { email }) => {
      const seen = reading.found ? listGatewayListItems.output.safeParse(reading.output).data : undefined;
      // An entry that does not say what it is could be this one.
      return seen?.every(({ value }) => value && value.toLowerCase() !== email.toLowerCase()) === true;
    },
  },
  limits: [
    "The address must be written as it stands on the list.",
    "Anyone off the list can sign in again wherever the policies let them.",
  ],
  errors: [...commonErrors, invalidRequest, notFound("list")],
  undo: "Put the person on the list again.",
});
