import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, notFound } from "../errors.ts";
import { accountId } from "../fields.ts";
import { listMembers } from "./list.ts";
import { theirMembership } from "./their-membership.ts";

/** Ends a person's membership of the account: its dashboard and API. */
export const removeMember = defineOperation({
  name: "cloudflare.member.remove",
  vendor: "cloudflare",
  title: "Remove a member from the Cloudflare account",
  scopes: { classic: [], granular: ["members:write"] },
  vendorPermission: "Account Settings Write",
  risk: "irreversible",
  effects: ["closes-cloudflare"],
  rateLimit: "access",
  // A second call is answered "no such member": in doubt it is read back, not repeated.
  idempotent: false,
  about: "person",
  choices: { memberId: theirMembership },
  docs: "https://developers.cloudflare.com/api/resources/accounts/subresources/members/methods/delete/",
  input: z.strictObject({
    accountId,
    memberId: pathId.meta({
      title: "Member id",
      description: "As the list of members gives it; it is not the person's user id.",
    }),
  }),
  output: z.looseObject({}).nullish(),
  call: ({ accountId, memberId }) => ({
    method: "DELETE",
    path: `/accounts/${encodePathSegment(accountId)}/members/${encodePathSegment(memberId)}`,
  }),
  subject: ({ memberId }) => memberId,
  readBack: {
    operation: listMembers.name,
    input: ({ accountId }) => ({ accountId }),
    proves: (reading, { memberId }) => {
      const members = reading.found ? listMembers.output.safeParse(reading.output).data : undefined;
      // An account without any member does not exist: an empty list is no account of who is in it.
      return members !== undefined && members.length > 0 && members.every(({ id }) => id !== memberId);
    },
  },
  limits: [
    "Make sure that another administrator remains: an account without one is lost to everyone.",
    "API tokens that the account owns go on working, whoever made them.",
    "With SSO or SCIM the identity provider may add the person again.",
  ],
  errors: [...commonErrors, notFound("member")],
  undo: "It cannot be taken back: the person must be invited again with the roles they had, must accept, and gets a new member id.",
});
