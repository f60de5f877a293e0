import type { Operation } from "../../src/catalogue/operation.ts";
import { by, byInput, type Provocation, type Provocations } from "./provocation.ts";

/** What any call to Cloudflare meets. */
const common: Provocations = {
  "401/10000": { options: { cloudflareToken: "wrong" }, provoke: (_world, good) => good },
  "401/1000": { options: { cloudflareToken: "wrong" }, provoke: (_world, good) => good },
  "403/10000": { options: { cloudflare: { permissions: [] } }, provoke: (_world, good) => good },
  "403": by(({ cloudflare }, good) => {
    cloudflare.accessEnabled = false;
    return good;
  }),
  "404/7003": by((_world, good) => ({
    ...good,
    ...("zoneId" in good ? { zoneId: "another" } : { accountId: "another" }),
  })),
  "429": {
    options: { cloudflare: { rateLimits: { requests: 0, seconds: 300 } } },
    provoke: (_world, good) => good,
  },
};

const isNobody = byInput({ userId: "nobody" });
const isNoRegistration = byInput({ registrationIds: ["no-such-registration"] });
const isNoDevice = byInput({ deviceId: "no-such-device" });
const isNoList = byInput({ listId: "no-such-list" });

const own: Readonly<Record<string, Provocations>> = {
  "cloudflare.access.getUser": { "404": isNobody },
  "cloudflare.access.listActiveSessions": { "404": isNobody },
  "cloudflare.access.getActiveSession": { "404": byInput({ nonce: "no-such-session" }) },
  "cloudflare.access.getLastSeenIdentity": { "404": isNobody },
  "cloudflare.access.listFailedLogins": { "404": isNobody },
  "cloudflare.seat.remove": { "404": byInput({ seatUid: "no-such-seat" }) },
  "cloudflare.registration.revoke": { "404": isNoRegistration },
  "cloudflare.registration.unrevoke": { "404": isNoRegistration },
  "cloudflare.registration.delete": { "404": isNoRegistration },
  "cloudflare.device.revoke": { "404": isNoDevice },
  "cloudflare.device.delete": { "404": isNoDevice },
  "cloudflare.gateway.listItems": { "404": isNoList },
  "cloudflare.gateway.addItem": {
    "400": by(({ cloudflare }, good) => {
      cloudflare.entriesPerList = 0;
      return good;
    }),
    "404": isNoList,
  },
  "cloudflare.gateway.removeItem": { "404": isNoList },
  "cloudflare.member.remove": { "404": byInput({ memberId: "no-such-member" }) },
  "cloudflare.member.invite": { "400": byInput({ roles: ["no-such-role"] }) },
  "cloudflare.token.updateServiceToken": { "404": byInput({ serviceTokenId: "no-such-token" }) },
  "cloudflare.token.updateAccountToken": { "404": byInput({ tokenId: "no-such-token" }) },
};

/** What of the pretend Cloudflare's own rules leads an operation to a refusal such as `404/7003`, if anything does. */
export function cloudflareProvocation({ name }: Operation, refusal: string): Provocation | undefined {
  return own[name]?.[refusal] ?? common[refusal];
}
