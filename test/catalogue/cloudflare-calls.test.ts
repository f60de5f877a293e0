import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";
const account = `/accounts/${accountId}`;
const email = "sam+1@example.com";
const policies = [{ effect: "allow", permission_groups: [{ id: "p-1" }], resources: {} }];

function call(name: string, input: object) {
  const operation = findOperation(`cloudflare.${name}`);
  return operation.call(operation.input.parse({ accountId, ...input }));
}

function accepts(name: string, input: object): boolean {
  return findOperation(`cloudflare.${name}`).input.safeParse({ accountId, ...input }).success;
}

describe("a call to Cloudflare", () => {
  it.each([
    ["access.getUser", { userId: "u-1" }, { method: "GET", path: `${account}/access/users/u-1` }],
    [
      "access.getActiveSession",
      { userId: "u-1", nonce: "n 1" },
      { method: "GET", path: `${account}/access/users/u-1/active_sessions/n%201` },
    ],
    [
      "access.getLastSeenIdentity",
      { userId: "u-1" },
      { method: "GET", path: `${account}/access/users/u-1/last_seen_identity` },
    ],
    [
      "access.listFailedLogins",
      { userId: "u-1" },
      { method: "GET", path: `${account}/access/users/u-1/failed_logins` },
    ],
    [
      "access.listRequests",
      { email },
      {
        method: "GET",
        path: `${account}/access/logs/access_requests`,
        query: { email, email_exact: "true", limit: "25", direction: "desc" },
      },
    ],
    [
      "access.listRequests",
      {
        email,
        since: "2026-03-02T09:30:00Z",
        until: "2026-03-02T10:30:00+01:00",
        limit: 100,
        direction: "asc",
      },
      {
        method: "GET",
        path: `${account}/access/logs/access_requests`,
        query: {
          email,
          email_exact: "true",
          since: "2026-03-02T09:30:00Z",
          until: "2026-03-02T10:30:00+01:00",
          limit: "100",
          direction: "asc",
        },
      },
    ],
    ["seat.list", {}, { method: "GET", path: `${account}/access/users`, query: { per_page: "1000" } }],
    [
      "seat.remove",
      { seatUid: "s-1", userId: "u-1" },
      {
        method: "PATCH",
        path: `${account}/access/seats`,
        body: [{ seat_uid: "s-1", access_seat: false, gateway_seat: false }],
      },
    ],
    [
      "registration.list",
      { userId: "u-1" },
      {
        method: "GET",
        path: `${account}/devices/registrations`,
        query: { "user.id": "u-1", status: "all" },
      },
    ],
    [
      "registration.list",
      { registrationIds: ["r-1", "r-2"], status: "active" },
      {
        method: "GET",
        path: `${account}/devices/registrations`,
        query: { id: ["r-1", "r-2"], status: "active" },
      },
    ],
    [
      "registration.revoke",
      { registrationIds: ["r-1", "r-2"] },
      { method: "POST", path: `${account}/devices/registrations/revoke`, query: { id: ["r-1", "r-2"] } },
    ],
    [
      "registration.unrevoke",
      { registrationIds: ["r-1"] },
      { method: "POST", path: `${account}/devices/registrations/unrevoke`, query: { id: ["r-1"] } },
    ],
    [
      "registration.delete",
      { registrationIds: ["r-1"] },
      { method: "DELETE", path: `${account}/devices/registrations`, query: { id: ["r-1"] } },
    ],
    [
      "device.list",
      { deviceIds: ["d-1"], search: "laptop" },
      {
        method: "GET",
        path: `${account}/devices/physical-devices`,
        query: { id: ["d-1"], search: "laptop", active_registrations: "include" },
      },
    ],
    [
      "device.revoke",
      { deviceId: "d-1" },
      { method: "POST", path: `${account}/devices/physical-devices/d-1/revoke` },
    ],
    [
      "device.delete",
      { deviceId: "d-1" },
      { method: "DELETE", path: `${account}/devices/physical-devices/d-1` },
    ],
    ["gateway.listLists", {}, { method: "GET", path: `${account}/gateway/lists` }],
    ["gateway.listItems", { listId: "l-1" }, { method: "GET", path: `${account}/gateway/lists/l-1/items` }],
    [
      "gateway.addItem",
      { listId: "l-1", email, description: "SEC-1" },
      {
        method: "PATCH",
        path: `${account}/gateway/lists/l-1`,
        body: { append: [{ value: email, description: "SEC-1" }] },
      },
    ],
    [
      "gateway.removeItem",
      { listId: "l-1", email },
      { method: "PATCH", path: `${account}/gateway/lists/l-1`, body: { remove: [email] } },
    ],
    [
      "member.list",
      { status: "pending" },
      { method: "GET", path: `${account}/members`, query: { per_page: "50", status: "pending" } },
    ],
    ["member.remove", { memberId: "m-1" }, { method: "DELETE", path: `${account}/members/m-1` }],
    [
      "member.invite",
      { email, roles: ["r-1"] },
      { method: "POST", path: `${account}/members`, body: { email, roles: ["r-1"] } },
    ],
    [
      "member.invite",
      { email, policies: [{ access: "allow" }], status: "pending" },
      {
        method: "POST",
        path: `${account}/members`,
        body: { email, policies: [{ access: "allow" }], status: "pending" },
      },
    ],
    ["token.listServiceTokens", {}, { method: "GET", path: `${account}/access/service_tokens` }],
    [
      "token.updateServiceToken",
      { serviceTokenId: "t-1", action: "disable" },
      { method: "PUT", path: `${account}/access/service_tokens/t-1`, body: { enabled: false } },
    ],
    ["token.listAccountTokens", {}, { method: "GET", path: `${account}/tokens`, query: { per_page: "50" } }],
    [
      "token.updateAccountToken",
      { tokenId: "t-1", action: "disable", name: "CI", policies, expiresOn: "2027-01-01T00:00:00Z" },
      {
        method: "PUT",
        path: `${account}/tokens/t-1`,
        body: { name: "CI", policies, status: "disabled", expires_on: "2027-01-01T00:00:00Z" },
      },
    ],
    ["token.verify", {}, { method: "GET", path: `${account}/tokens/verify` }],
    ["token.verify", { accountId: undefined }, { method: "GET", path: "/user/tokens/verify" }],
  ])("%s with %j is what the vendor documents", (name, input, expected) => {
    expect(call(name, input)).toEqual(expected);
  });

  it.each(["revoke", "unrevoke", "delete"])(
    "to %s registrations is never about none of them, which Cloudflare takes for all",
    (verb) => {
      const name = `registration.${verb}`;
      expect(accepts(name, { registrationIds: ["r-1"] })).toBe(true);
      expect(accepts(name, { registrationIds: [] })).toBe(false);
      expect(accepts(name, { registrationIds: [""] })).toBe(false);
      expect(accepts(name, {})).toBe(false);
      expect(accepts(name, { registrationIds: Array.from({ length: 101 }, (_, i) => `r-${i}`) })).toBe(false);
    },
  );

  it.each([
    ["registration.list", { registrationIds: [] }],
    ["device.list", { deviceIds: [] }],
    ["access.listRequests", { email, limit: 0 }],
    ["access.listRequests", { email, limit: 2.5 }],
    ["access.listRequests", { email, since: "yesterday" }],
    ["access.listRequests", { email, since: "2026-03-02T09:30:00Z", until: "2026-03-02T09:29:59Z" }],
    ["access.listRequests", {}],
    ["seat.remove", { seatUid: "s-1" }],
    ["seat.remove", { seatUid: "s".repeat(37), userId: "u-1" }],
    ["seat.remove", { seatUid: "s-1", userId: "u-1", access_seat: true }],
    ["gateway.addItem", { listId: "l-1", email: "sam" }],
    ["gateway.addItem", { listId: "l-1", email, items: [] }],
    ["gateway.removeItem", { listId: "l-1" }],
    ["member.invite", { email }],
    ["member.invite", { email, roles: [] }],
    ["member.invite", { email, roles: ["r-1"], policies: [{}] }],
    ["token.updateServiceToken", { serviceTokenId: "t-1", action: "delete" }],
    ["token.updateAccountToken", { tokenId: "t-1", action: "disable" }],
    ["token.updateAccountToken", { tokenId: "t-1", action: "disable", name: "CI", policies: [] }],
    ["token.updateAccountToken", { tokenId: "verify", action: "disable", name: "CI", policies }],
  ])("%s with %j is refused before it is sent", (name, input) => {
    expect(accepts(name, input)).toBe(false);
  });
});
