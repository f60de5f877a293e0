import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { commonErrors, invalidRequest } from "../errors.ts";
import { accountId } from "../fields.ts";

const member = z.looseObject({
  id: pathId,
  /** `accepted`, or `pending` for an invitation. */
  status: z.string().nullish(),
  /** Cloudflare's documents show the address here, or in `user`. */
  email: z.string().nullish(),
  user: z.looseObject({ id: z.string().nullish(), email: z.string().nullish() }).nullish(),
  roles: z.array(z.looseObject({ id: z.string().nullish(), name: z.string().nullish() })).nullish(),
  policies: z.array(z.looseObject({})).nullish(),
});

/** Whose membership it is, or undefined where Cloudflare does not say. */
export function emailOfMember({ user, email }: z.infer<typeof member>): string | undefined {
  return user?.email ?? email ?? undefined;
}

/** Reads who may use the account's dashboard and API, with their roles: keep them before removing someone. */
export const listMembers = defineOperation({
  name: "cloudflare.member.list",
  vendor: "cloudflare",
  title: "List the members of the Cloudflare account",
  scopes: { classic: [], granular: ["members:read", "members:write"] },
  vendorPermission: "Account Settings Read",
  risk: "read",
  rateLimit: "access",
  idempotent: true,
  docs: "https://developers.cloudflare.com/api/resources/accounts/subresources/members/methods/list/",
  input: z.strictObject({
    accountId,
    status: z
      .enum(["accepted", "pending", "rejected"])
      .optional()
      .meta({ title: "Status", description: "Members, open invitations, or invitations that were refused." }),
  }),
  output: z.array(member),
  call: ({ accountId, status }) => ({
    method: "GET",
    path: `/accounts/${encodePathSegment(accountId)}/members`,
    query: { per_page: "50", ...(status === undefined ? {} : { status }) },
  }),
  pages: "numbered",
  limits: ["Cloudflare cannot look a member up by address: all are read, 50 at a time."],
  errors: [...commonErrors, invalidRequest],
});
