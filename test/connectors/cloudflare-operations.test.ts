import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { ROLES } from "../../playground/cloudflare/members.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { isProven } from "../../src/workflow/step/read-back.ts";
import { createInstantClock } from "./instant-clock.ts";

let vendor: CloudflareSimulator;
let connector: Connector;
let accountId: string;

beforeEach(async () => {
  vendor = await startCloudflareSimulator({ rateLimits: false });
  accountId = vendor.accountId;
  connector = createCloudflareConnector({
    apiUrl: vendor.apiUrl,
    credentials: { apiToken: vendor.credentials.apiToken },
    timeout: 2_000,
    clock: createInstantClock(Date.now()),
    random: () => 0,
  });
});
afterEach(() => vendor.close());

function run(name: string, input: object = {}): Promise<unknown> {
  return connector.execute(findOperation(`cloudflare.${name}`), { accountId, ...input });
}

/** Looks whether an effect is proven, makes it, and looks again. */
async function prove(name: string, input: object) {
  const operation = findOperation(`cloudflare.${name}`);
  const whole = { accountId, ...input };
  const look = () => isProven(connector, operation, whole);
  const before = await look();
  const output = await connector.execute(operation, whole);
  return { before, output, after: await look() };
}

const took = { before: "not_proven", after: "proven" };

describe("what Cloudflare is asked about a person", () => {
  it("comes back whole: the person, a session, the last identity, sign-ins and refusals", async () => {
    const sam = vendor.addAccessUser({ email: "sam@example.com" });
    vendor.addAccessUser({ email: "not-sam@example.com" });
    const session = vendor.signIn(sam.email);
    const list = vendor.addGatewayList({ items: [{ value: sam.email, created_at: "" }] });
    vendor.denyListIds.add(list.id);
    vendor.signIn(sam.email);
    const userId = sam.id;
    expect(await run("access.getUser", { userId })).toMatchObject({ id: sam.id, seat_uid: sam.seat_uid });
    expect(await run("access.getActiveSession", { userId, nonce: session?.nonce })).toMatchObject({
      email: sam.email,
      isActive: true,
    });
    expect(await run("access.getLastSeenIdentity", { userId })).toMatchObject({ user_uuid: sam.id });
    expect(await run("access.listFailedLogins", { userId })).toHaveLength(1);
    expect(await run("access.listRequests", { email: "SAM@example.com" })).toMatchObject([
      { allowed: false, user_email: sam.email },
      { allowed: true },
    ]);
    expect(await run("access.listRequests", { email: "am@example.com" })).toEqual([]);
  });

  it("leaves out of the seats whoever has none", async () => {
    const sam = vendor.addAccessUser();
    vendor.addAccessUser({ access_seat: false });
    const kim = vendor.addAccessUser({ access_seat: false, gateway_seat: true });
    expect(await run("seat.list")).toMatchObject([{ id: sam.id }, { id: kim.id }]);
  });

  it("is read to its end, however long it is", async () => {
    const sam = vendor.addAccessUser();
    for (let count = 0; count < 45; count += 1) vendor.enrolDevice(sam.id);
    for (let count = 0; count < 101; count += 1) vendor.addMember({ email: `p${count}@example.com` });
    expect(await run("registration.list", { userId: sam.id })).toHaveLength(45);
    expect(await run("member.list")).toHaveLength(101);
    const pages = vendor.calls.filter(({ request }) => request.path.endsWith("/members"));
    expect(pages.map(({ request }) => request.query.get("page"))).toEqual([null, "2", "3"]);
  });
});

describe("what Cloudflare is told about a person is proven", () => {
  it("when a seat is removed, and the registrations with it", async () => {
    const sam = vendor.addAccessUser();
    vendor.enrolDevice(sam.id);
    expect(await prove("seat.remove", { seatUid: sam.seat_uid, userId: sam.id })).toMatchObject(took);
    expect(vendor.fleet.registrations.size).toBe(0);
    expect(sam).toMatchObject({ access_seat: false, active_device_count: 0 });
  });

  it("when registrations are revoked, restored and deleted, and only those", async () => {
    const sam = vendor.addAccessUser();
    const [first, second] = [vendor.enrolDevice(sam.id), vendor.enrolDevice(sam.id)];
    const kim = vendor.enrolDevice(vendor.addAccessUser().id);
    const registrationIds = [first.id, second.id];
    expect(await prove("registration.revoke", { registrationIds })).toMatchObject(took);
    expect(sam.active_device_count).toBe(0);
    expect(await run("registration.list", { userId: sam.id, status: "active" })).toEqual([]);
    expect(await prove("registration.unrevoke", { registrationIds })).toMatchObject(took);
    expect(sam.active_device_count).toBe(2);
    expect(await prove("registration.delete", { registrationIds })).toMatchObject(took);
    expect([...vendor.fleet.registrations.keys()]).toEqual([kim.id]);
    expect(kim.revoked_at).toBeNull();
  });

  it("when a device is revoked and deleted, for everyone on it", async () => {
    const sam = vendor.enrolDevice(vendor.addAccessUser().id, { name: "Shared" });
    vendor.enrolDevice(vendor.addAccessUser().id, { id: sam.deviceId });
    const { deviceId } = sam;
    expect(await run("device.list", { search: "share" })).toMatchObject([{ active_registrations: 2 }]);
    expect(await prove("device.revoke", { deviceId })).toMatchObject(took);
    expect(await prove("device.delete", { deviceId })).toMatchObject(took);
    expect(vendor.fleet.registrations.size).toBe(0);
  });

  it("when they are put on a list and taken off it, and nobody else is", async () => {
    const { id: listId } = vendor.addGatewayList({
      items: [{ value: "kim@example.com", created_at: "" }],
    });
    const input = { listId, email: "sam@example.com" };
    expect(await run("gateway.listLists")).toMatchObject([{ id: listId, type: "EMAIL", count: 1 }]);
    expect(await prove("gateway.addItem", { ...input, description: "SEC-1" })).toMatchObject(took);
    expect(await run("gateway.addItem", input)).toMatchObject({ count: 2 });
    expect(await prove("gateway.removeItem", input)).toMatchObject(took);
    expect(await run("gateway.listItems", { listId })).toMatchObject([{ value: "kim@example.com" }]);
  });

  it("when they are taken off under another spelling, only by what Cloudflare then shows", async () => {
    const { id: listId } = vendor.addGatewayList({
      items: [{ value: "Sam@example.com", created_at: "" }],
    });
    const removal = await prove("gateway.removeItem", { listId, email: "sam@example.com" });
    expect(removal).toMatchObject({ before: "not_proven", after: "not_proven" });
  });

  it("when they are invited and removed as a member", async () => {
    vendor.addMember({ email: "owner@example.com", roles: ROLES.slice(0, 1) });
    const email = "sam@example.com";
    const invitation = await prove("member.invite", { email, roles: [ROLES[2]?.id] });
    expect(invitation).toMatchObject({ ...took, output: { status: "pending", user: { email } } });
    const { id: memberId } = invitation.output as { id: string };
    expect(await prove("member.remove", { memberId })).toMatchObject(took);
    expect([...vendor.members.values()].map(({ user }) => user.email)).toEqual(["owner@example.com"]);
  });

  it("when a service token and an account token are disabled and enabled", async () => {
    const { id: serviceTokenId } = vendor.addServiceToken();
    for (const action of ["disable", "enable"])
      expect(await prove("token.updateServiceToken", { serviceTokenId, action })).toMatchObject(took);
    const token = vendor.addAccountToken({ expires_on: "2030-01-01T00:00:00Z" });
    const { id: tokenId, name, policies, expires_on: expiresOn } = token;
    const whole = { tokenId, name, policies, expiresOn };
    expect(await prove("token.updateAccountToken", { ...whole, action: "disable" })).toMatchObject(took);
    expect(await prove("token.updateAccountToken", { ...whole, action: "enable" })).toMatchObject(took);
    expect(vendor.accountTokens.get(tokenId)).toMatchObject({ name, policies, expires_on: expiresOn });
    expect(await run("token.listAccountTokens")).toMatchObject([{ id: tokenId, status: "active" }]);
  });

  it("and the app's own token says that it works", async () => {
    const answer = { id: vendor.tokenId, status: "active" };
    expect(await run("token.verify")).toMatchObject(answer);
    expect(await run("token.verify", { accountId: undefined })).toMatchObject(answer);
  });
});

describe("an operation at Cloudflare without ids", () => {
  it("is never sent, while the vendor would take it for all of the account", async () => {
    vendor.enrolDevice(vendor.addAccessUser().id);
    for (const verb of ["revoke", "unrevoke", "delete"])
      await expect(run(`registration.${verb}`, { registrationIds: [] })).rejects.toThrow(TypeError);
    expect(vendor.calls).toEqual([]);
    expect(vendor.fleet.registrations.size).toBe(1);
  });
});
