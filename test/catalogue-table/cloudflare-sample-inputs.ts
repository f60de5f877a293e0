import { ROLES } from "../../playground/cloudflare/members.ts";
import type { CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import type { Input, SampleInput } from "./zoom-sample-inputs.ts";

type AccessUser = ReturnType<CloudflareSimulator["addAccessUser"]>;

/** An input about the account. */
function within(input: (cloudflare: CloudflareSimulator) => Input = () => ({})): SampleInput {
  return ({ cloudflare }) => ({ accountId: cloudflare.accountId, ...input(cloudflare) });
}

/** An input about someone who is signed in to Access and has a device. */
function about(input: (person: AccessUser, cloudflare: CloudflareSimulator) => Input): SampleInput {
  return within((cloudflare) => {
    const person = cloudflare.addAccessUser();
    cloudflare.addSession(person.id);
    cloudflare.enrolDevice(person.id);
    return input(person, cloudflare);
  });
}

const person = about(({ id }) => ({ userId: id }));
const email = about((someone) => ({ email: someone.email }));

const registrations = about(({ id }, { fleet }) => ({
  registrationIds: fleet.registrationsOf({ userId: id }).map((registration) => registration.id),
}));

const device = about(({ id }, { fleet }) => ({
  deviceId: fleet.registrationsOf({ userId: id })[0]?.deviceId,
}));

const list = within((cloudflare) => ({ listId: cloudflare.addGatewayList().id }));

/** One good input for each operation at Cloudflare, by name. */
export const cloudflareSampleInputs: Readonly<Record<string, SampleInput>> = {
  "cloudflare.access.findUser": email,
  "cloudflare.access.getUser": person,
  "cloudflare.access.listActiveSessions": person,
  "cloudflare.access.getActiveSession": about(({ id }, cloudflare) => ({
    userId: id,
    nonce: cloudflare.liveSessions(id)[0]?.nonce,
  })),
  "cloudflare.access.getLastSeenIdentity": person,
  "cloudflare.access.listFailedLogins": person,
  "cloudflare.access.listRequests": email,
  "cloudflare.access.revokeUserInAccount": about((someone) => ({
    email: someone.email,
    devices: true,
    userUid: someone.uid,
    warpSessionReauth: true,
    accessUserId: someone.id,
  })),
  "cloudflare.access.revokeUserInZone": ({ cloudflare }) => ({
    zoneId: cloudflare.zoneIds[0],
    email: cloudflare.addAccessUser().email,
  }),
  "cloudflare.seat.list": within(),
  "cloudflare.seat.remove": about((someone) => ({ seatUid: someone.seat_uid, userId: someone.id })),
  "cloudflare.registration.list": person,
  "cloudflare.registration.revoke": registrations,
  "cloudflare.registration.unrevoke": about(({ id }, { fleet }) => {
    const theirs = fleet.registrationsOf({ userId: id });
    fleet.revoke(theirs);
    return { registrationIds: theirs.map((registration) => registration.id) };
  }),
  "cloudflare.registration.delete": registrations,
  "cloudflare.device.list": within(),
  "cloudflare.device.revoke": device,
  "cloudflare.device.delete": device,
  "cloudflare.gateway.listLists": within(),
  "cloudflare.gateway.listItems": list,
  "cloudflare.gateway.addItem": within((cloudflare) => ({
    listId: cloudflare.addGatewayList().id,
    email: "sam@example.com",
    description: "Left the company",
  })),
  "cloudflare.gateway.removeItem": within((cloudflare) => {
    const items = [{ value: "sam@example.com", created_at: "2026-03-01T09:30:00Z" }];
    return { listId: cloudflare.addGatewayList({ items }).id, email: "sam@example.com" };
  }),
  "cloudflare.member.list": within(),
  "cloudflare.member.remove": within((cloudflare) => {
    cloudflare.addMember({ email: "remaining@example.com" });
    return { memberId: cloudflare.addMember({ email: "sam@example.com" }).id };
  }),
  "cloudflare.member.invite": about((someone) => ({
    email: someone.email,
    roles: ROLES.slice(-1).map(({ id }) => id),
    status: "pending",
  })),
  "cloudflare.token.listServiceTokens": within(),
  "cloudflare.token.updateServiceToken": within((cloudflare) => ({
    serviceTokenId: cloudflare.addServiceToken().id,
    action: "disable",
  })),
  "cloudflare.token.listAccountTokens": within(),
  "cloudflare.token.updateAccountToken": within((cloudflare) => {
    const { id, name, policies } = cloudflare.addAccountToken();
    return { tokenId: id, action: "disable", name, policies };
  }),
  "cloudflare.token.verify": within(),
};
