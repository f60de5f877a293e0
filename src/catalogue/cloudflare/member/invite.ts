import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, invalidRequest } from "../errors.ts";
import { accountId, personEmail } from "../fields.ts";
import { emailOfMember, listMembers } from "./list.ts";

/** Invites a person into the account, which is also the way back for one who was removed. */
export const inviteMember = defineOperation({
  name: "cloudflare.member.invite",
  vendor: "cloudflare",
  title: "Invite a person to the Cloudflare account",
  scopes: { classic: [], granular: ["members:write"] },
  vendorPermission: "Account Settings Write",
  risk: "reversible",
  effects: ["opens-cloudflare"],
  rateLimit: "access",
  // A second call would send a second invitation, or be refused as one too many.
  idempotent: false,
  about: "person",
  docs: "https://developers.cloudflare.com/api/resources/accounts/subresources/members/methods/create/",
  input: z
    .strictObject({
      accountId,
      email: personEmail,
      roles: z.array(pathId).min(1).max(50).optional().meta({
        title: "Role ids",
        description: "The roles the person gets; for somebody who was removed, those they had.",
      }),
      policies: z.array(z.looseObject({})).min(1).max(50).optional().meta({
        title: "Policies",
        description:
          "Instead of roles: permission groups on resource groups, as the list of members shows them.",
      }),
      status: z.enum(["pending", "accepted"]).optional().meta({
        title: "Status",
        description: "Pending waits until the person accepts, which is the default.",
      }),
    })
    .refine(({ roles, policies }) => (roles === undefined) !== (policies === undefined), {
      path: ["roles"],
      message: "either roles or policies must be given, and not both",
    }),
  output: z.looseObject({ id: z.string().min(1) }),
  call: ({ accountId, email, roles, policies, status }) => ({
    method: "POST",
    path: `/accounts/${encodePathSegment(accountId)}/members`,
    body: {
      email,
      roles,
      policies,
      status,
    },
  }),
  subject: ({ email }) => email,
  readBack: {
    operation: listMembers.name,
    input: ({ accountId }) => ({ accountId }),
    proves: (reading, { email }) => {
      const members = reading.found ? listMembers.output.safeParse(reading.output).data : undefined;
      const isAsked = (other: string | undefined) => other?.toLowerCase() === email.toLowerCase();
      return members?.some((one) => one.status !== "rejected" && isAsked(emailOfMember(one))) === true;
    },
  },
  limits: ["The person is a member only after accepting the invitation."],
  errors: [...commonErrors, invalidRequest],
  secrets: ["code"],
  undo: "Remove the member, by the id in the answer or in the list of members.",
});
