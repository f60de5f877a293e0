import { emailOf, PEOPLE, type Company, type PersonName } from "../company.ts";
import type { PageVendorUser } from "../page-api.ts";
import type { ZoomUser } from "../zoom/user.ts";

const RANK = new Map(
  Object.keys(PEOPLE).map((key, index) => [emailOf(key as PersonName).toLowerCase(), index]),
);

function inOrder(users: PageVendorUser[]): PageVendorUser[] {
  const rank = ({ email }: PageVendorUser) => RANK.get(email.toLowerCase()) ?? RANK.size;
  return users.toSorted((left, right) => rank(left) - rank(right));
}

function count(amount: number, one: string): string {
  return amount === 0 ? `no ${one}s` : `${amount} ${one}${amount === 1 ? "" : "s"}`;
}

const LICENCES: Record<ZoomUser["type"], string> = {
  1: "Basic",
  2: "Licensed",
  4: "Unassigned",
  99: "No licence",
};

function zoomUser(user: ZoomUser, status: string): PageVendorUser {
  const isGone = status !== user.status;
  return {
    id: user.id,
    name: user.display_name,
    email: user.email,
    status,
    facts: isGone
      ? []
      : [LICENCES[user.type], count(user.pretend.ssoSessions + user.pretend.otherSessions, "session")],
  };
}

/** The people of the pretend Zoom account, those who were deleted or disassociated among them. */
export function zoomPeople({ zoom }: Company): PageVendorUser[] {
  return inOrder([
    ...[...zoom.users.values()].map((user) => zoomUser(user, user.status)),
    ...zoom.deletedUsers.map(({ user }) => zoomUser(user, "deleted")),
    ...zoom.disassociatedUsers.map(({ user }) => zoomUser(user, "left the account")),
  ]);
}

/** The people whom the pretend Cloudflare Access knows. */
export function cloudflarePeople({ cloudflare }: Company): PageVendorUser[] {
  return inOrder(
    [...cloudflare.accessUsers.values()].map(({ id, name, email, active_device_count: devices }) => ({
      id,
      name,
      email,
      status: "known",
      facts: [count(cloudflare.liveSessions(id).length, "session"), count(devices, "device")],
    })),
  );
}
