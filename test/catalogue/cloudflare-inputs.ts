const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const email = "sam@example.com";
const userId = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";
const registrationIds = ["r-1", "r-2"];

/** One good input for each operation at Cloudflare, by name. */
export const cloudflareInputs: Readonly<Record<string, Record<string, unknown>>> = {
  "cloudflare.access.findUser": { accountId, email },
  "cloudflare.access.getUser": { accountId, userId },
  "cloudflare.access.listActiveSessions": { accountId, userId },
  "cloudflare.access.getActiveSession": { accountId, userId, nonce: "X1aXj1lFVcqqyoXF" },
  "cloudflare.access.getLastSeenIdentity": { accountId, userId },
  "cloudflare.access.listFailedLogins": { accountId, userId },
  "cloudflare.access.listRequests": { accountId, email },
  "cloudflare.access.revokeUserInAccount": { accountId, email, devices: true, accessUserId: userId },
  "cloudflare.access.revokeUserInZone": { zoneId: "699d98642c564d2e855e9661899b7252", email },
  "cloudflare.seat.list": { accountId },
  "cloudflare.seat.remove": { accountId, seatUid: "s-1", userId },
  "cloudflare.registration.list": { accountId, userId },
  "cloudflare.registration.revoke": { accountId, registrationIds },
  "cloudflare.registration.unrevoke": { accountId, registrationIds },
  "cloudflare.registration.delete": { accountId, registrationIds },
  "cloudflare.device.list": { accountId },
  "cloudflare.device.revoke": { accountId, deviceId: "d-1" },
  "cloudflare.device.delete": { accountId, deviceId: "d-1" },
  "cloudflare.gateway.listLists": { accountId },
  "cloudflare.gateway.listItems": { accountId, listId: "l-1" },
  "cloudflare.gateway.addItem": { accountId, listId: "l-1", email },
  "cloudflare.gateway.removeItem": { accountId, listId: "l-1", email },
  "cloudflare.member.list": { accountId },
  "cloudflare.member.remove": { accountId, memberId: "m-1" },
  "cloudflare.member.invite": { accountId, email, roles: ["role-1"] },
  "cloudflare.token.listServiceTokens": { accountId },
  "cloudflare.token.updateServiceToken": { accountId, serviceTokenId: "t-1", action: "disable" },
  "cloudflare.token.listAccountTokens": { accountId },
  "cloudflare.token.updateAccountToken": {
    accountId,
    tokenId: "t-2",
    action: "disable",
    name: "CI",
    policies: [{ effect: "allow", permission_groups: [{ id: "p-1" }], resources: {} }],
  },
  "cloudflare.token.verify": { accountId },
};
