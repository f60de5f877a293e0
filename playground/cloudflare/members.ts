import { randomBytes } from "node:crypto";
import type { VendorAnswer } from "../vendor-http.ts";
import { cloudflareId } from "./cloudflare-id.ts";
import { invalidRequest, notFound, success } from "./envelope.ts";
import { numberedPage, readChoice } from "./page.ts";
import { asFilledList, readBody, readEmail } from "./request-body.ts";
import { type CloudflareContext, parameter } from "./route.ts";
import type { Member, NewMember, Role } from "./state.ts";

/** The roles that can be given; every account has the same. */
export const ROLES: readonly Role[] = [
  { id: "33666b9c79b9a5273fc7344ff42f953d", name: "Super Administrator - All Privileges" },
  { id: "05784afa30c1afe1440e79d9351c7430", name: "Administrator" },
  { id: "49a58af19ca3ec5b7c0a6f7c2d4d1a7b", name: "Administrator Read Only" },
];

/** A member with the least of roles. */
export function createMember({ email, ...partial }: NewMember): Member {
  return {
    id: cloudflareId(),
    status: "accepted",
    user: { id: cloudflareId(), email },
    roles: ROLES.slice(-1),
    ...partial,
  };
}

/** Everyone, in pages of 20 and at most 50. */
export function listMembers({ account, request }: CloudflareContext): VendorAnswer {
  const status = readChoice(request, "status", ["any", "accepted", "pending", "rejected"]);
  const members = [...account.members.values()].filter((one) => status === "any" || one.status === status);
  return numberedPage({ account, request }, members, { usual: 20, most: 50 });
}

/** Ends a membership, the last administrator's too. Throws 404 when unknown. */
export function removeMember(context: CloudflareContext): VendorAnswer {
  const id = parameter(context, "member_id");
  if (!context.account.members.delete(id)) throw notFound("member");
  return success({ id });
}

/** Invites someone. The answer has the code with which the invitation can be accepted. Throws 400. */
export function inviteMember({ account, request }: CloudflareContext): VendorAnswer {
  const body = readBody(request, ["email", "roles", "policies", "status"]);
  const email = readEmail(body);
  const { status = "pending", policies } = body;
  if (status !== "pending" && status !== "accepted") throw invalidRequest("status");
  if ((body["roles"] === undefined) === (policies === undefined))
    throw invalidRequest("either roles or policies are required");
  const isSame = (member: Member) => member.user.email.toLowerCase() === email.toLowerCase();
  if ([...account.members.values()].some(isSame)) throw invalidRequest("already a member or invited");
  const rights =
    policies === undefined
      ? { roles: asFilledList(body["roles"], "roles").map(findRole) }
      : { roles: [], policies: asFilledList(policies, "policies") };
  const member = createMember({ email, status, ...rights });
  account.members.set(member.id, member);
  return success({ ...member, code: randomBytes(32).toString("hex") });
}

function findRole(id: unknown): Role {
  const role = ROLES.find((one) => one.id === id);
  if (!role) throw invalidRequest("unknown role");
  return role;
}
