import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";

const accountId = "023e105f4ecef8ad9ca31a8372d0c353";

function call(name: string, input: unknown) {
  const operation = findOperation(name);
  return operation.call(operation.input.parse(input));
}

function accepts(name: string, input: unknown): boolean {
  return findOperation(name).input.safeParse(input).success;
}

describe("the calls", () => {
  it.each([
    ["zoom.user.get", { userId: "sam@example.com" }, { method: "GET", path: "/users/sam%40example.com" }],
    ["zoom.user.list", {}, { method: "GET", path: "/users", query: { status: "active", page_size: "300" } }],
    [
      "zoom.user.list",
      { status: "pending", pageSize: 10, nextPageToken: "next", roleId: "2" },
      {
        method: "GET",
        path: "/users",
        query: { status: "pending", page_size: "10", next_page_token: "next", role_id: "2" },
      },
    ],
    [
      "zoom.user.checkEmail",
      { email: "sam+1@example.com" },
      { method: "GET", path: "/users/email", query: { email: "sam+1@example.com" } },
    ],
    [
      "zoom.user.updateStatus",
      { userId: "abc", action: "deactivate" },
      { method: "PUT", path: "/users/abc/status", body: { action: "deactivate" } },
    ],
    [
      "zoom.user.delete",
      { userId: "abc", action: "delete" },
      { method: "DELETE", path: "/users/abc", query: { action: "delete" } },
    ],
    [
      "zoom.user.delete",
      {
        userId: "abc",
        action: "disassociate",
        transferEmail: "kim@example.com",
        transfer: ["meeting", "recording"],
      },
      {
        method: "DELETE",
        path: "/users/abc",
        query: {
          action: "disassociate",
          transfer_email: "kim@example.com",
          transfer_meeting: "true",
          transfer_recording: "true",
        },
      },
    ],
    ["zoom.user.revokeSsoToken", { userId: "abc" }, { method: "DELETE", path: "/users/abc/token" }],
    [
      "cloudflare.access.findUser",
      { accountId, email: "sam@example.com" },
      {
        method: "GET",
        path: `/accounts/${accountId}/access/users`,
        query: { email: "sam@example.com", per_page: "1000" },
      },
    ],
    [
      "cloudflare.access.listActiveSessions",
      { accountId, userId: "u-1" },
      { method: "GET", path: `/accounts/${accountId}/access/users/u-1/active_sessions` },
    ],
    [
      "cloudflare.access.revokeUserInAccount",
      {
        accountId,
        email: "sam@example.com",
        devices: true,
        userUid: "uid",
        warpSessionReauth: true,
        accessUserId: "u-1",
      },
      {
        method: "POST",
        path: `/accounts/${accountId}/access/organizations/revoke_user`,
        body: { email: "sam@example.com", devices: true, user_uid: "uid", warp_session_reauth: true },
      },
    ],
    [
      "cloudflare.access.revokeUserInZone",
      { zoneId: "z-1", email: "sam@example.com" },
      {
        method: "POST",
        path: "/zones/z-1/access/organizations/revoke_user",
        body: { email: "sam@example.com" },
      },
    ],
  ])("%s with %j is what the vendor documents", (name, input, expected) => {
    expect(call(name, input)).toEqual(expected);
  });

  it("delete a Zoom user only with an action, so that nothing is left to Zoom's default", () => {
    expect(accepts("zoom.user.delete", { userId: "abc" })).toBe(false);
    expect(accepts("zoom.user.delete", { userId: "abc", action: "remove" })).toBe(false);
  });

  it("transfer a person's data only to somebody, and not to the person", () => {
    const deletion = { userId: "sam@example.com", action: "delete" };
    expect(accepts("zoom.user.delete", { ...deletion, transfer: ["meeting"] })).toBe(false);
    expect(accepts("zoom.user.delete", { ...deletion, transferEmail: "SAM@example.com" })).toBe(false);
    expect(accepts("zoom.user.delete", { ...deletion, transferEmail: "kim@example.com" })).toBe(true);
  });

  it("change a Zoom user's status in two ways only", () => {
    expect(accepts("zoom.user.updateStatus", { userId: "abc", action: "clock_out" })).toBe(false);
  });

  it("take nothing for an id that leads elsewhere", () => {
    for (const name of ["zoom.user.get", "zoom.user.revokeSsoToken"])
      for (const userId of ["me", "..", "a/../b", "zak"]) expect(accepts(name, { userId })).toBe(false);
    expect(accepts("cloudflare.access.findUser", { accountId: "../zones", email: "sam@example.com" })).toBe(
      false,
    );
  });

  it("give a zone the e-mail only", () => {
    const input = { zoneId: "z-1", email: "sam@example.com" };
    expect(accepts("cloudflare.access.revokeUserInZone", { ...input, devices: true })).toBe(false);
  });
});

describe("the outputs", () => {
  const user = { id: "abc", email: "sam@example.com", status: "active", type: 2 };

  it("keep what the vendor adds and miss nothing that it may leave out", () => {
    const { output } = findOperation("zoom.user.get");
    expect(output.parse({ ...user, brand_new: [1] })).toEqual({ ...user, brand_new: [1] });
    expect(output.parse({ ...user, dept: null })).toMatchObject({ dept: null });
  });

  it("take a revocation for done only when its result is exactly true", () => {
    for (const name of ["cloudflare.access.revokeUserInAccount", "cloudflare.access.revokeUserInZone"]) {
      const { output } = findOperation(name);
      expect(output.safeParse(true).success).toBe(true);
      for (const result of [false, null, undefined, "true", 1, {}])
        expect(output.safeParse(result).success).toBe(false);
    }
  });
});

describe("the read-backs", () => {
  const user = { id: "abc", email: "sam@example.com", type: 2 };
  const found = (output: unknown) => ({ found: true as const, output });
  const proves = (name: string, input: unknown, reading: ReturnType<typeof found> | { found: false }) =>
    findOperation(name).readBack?.proves(reading, input);

  it.each([
    ["deactivate", "inactive", true],
    ["deactivate", "active", false],
    ["deactivate", "pending", false],
    ["activate", "active", true],
    ["activate", "inactive", false],
  ])("after %s a user who is %s proves it: %s", (action, status, expected) => {
    const input = { userId: "abc", action };
    expect(proves("zoom.user.updateStatus", input, found({ ...user, status }))).toBe(expected);
  });

  it("of a status take neither a missing user nor an odd answer for a proof", () => {
    const input = { userId: "abc", action: "deactivate" };
    expect(proves("zoom.user.updateStatus", input, { found: false })).toBe(false);
    expect(proves("zoom.user.updateStatus", input, found({ status: "inactive" }))).toBe(false);
  });

  it("of a deletion take only a missing user for a proof", () => {
    const input = { userId: "abc", action: "delete" };
    expect(proves("zoom.user.delete", input, { found: false })).toBe(true);
    expect(proves("zoom.user.delete", input, found({ ...user, status: "inactive" }))).toBe(false);
  });

  it("of a revocation take only an empty list of sessions for a proof", () => {
    const name = "cloudflare.access.revokeUserInAccount";
    const input = { accountId, email: "sam@example.com" };
    expect(proves(name, input, found([]))).toBe(true);
    expect(proves(name, input, found([{ name: "nonce" }]))).toBe(false);
    expect(proves(name, input, found(null))).toBe(false);
    expect(proves(name, input, { found: false })).toBe(false);
  });

  it("of a revocation read nothing without the person's id in Access", () => {
    const readBack = findOperation("cloudflare.access.revokeUserInAccount").readBack;
    const input = { accountId, email: "sam@example.com" };
    expect(readBack?.input(input)).toBeUndefined();
    expect(readBack?.input({ ...input, accessUserId: "u-1" })).toEqual({ accountId, userId: "u-1" });
  });
});
