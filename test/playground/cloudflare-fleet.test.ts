import { afterEach, beforeEach, expect, test } from "vitest";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { createSender, type Send } from "./vendor-client.ts";

let now: Date;
let cloudflare: CloudflareSimulator;
let send: Send;
let account: string;

beforeEach(async () => {
  now = new Date("2026-03-02T09:30:00Z");
  cloudflare = await startCloudflareSimulator({ clock: () => now });
  send = createSender(cloudflare.apiUrl, { authorization: `Bearer ${cloudflare.credentials.apiToken}` });
  account = `/accounts/${cloudflare.accountId}`;
});

afterEach(() => cloudflare.close());

async function idsAt(path: string): Promise<string[]> {
  const { body } = await send("GET", account + path);
  return (body["result"] as { id: string }[]).map(({ id }) => id);
}

test("registrations are shown by person, id, status and device name, active ones only by default", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  const kim = cloudflare.addAccessUser({ email: "kim@example.com" });
  const laptop = cloudflare.enrolDevice(sam.id, { name: "Sam's laptop" });
  const phone = cloudflare.enrolDevice(sam.id, { name: "Sam's phone" });
  const other = cloudflare.enrolDevice(kim.id, { name: "Kim's laptop" });
  cloudflare.fleet.revoke([phone]);
  const path = "/devices/registrations";
  expect(await idsAt(path)).toEqual([laptop.id, other.id]);
  expect(await idsAt(`${path}?status=all&user.id=${sam.id}`)).toEqual([laptop.id, phone.id]);
  expect(await idsAt(`${path}?status=all&user.id=${sam.id}&user.id=${kim.id}`)).toHaveLength(3);
  expect(await idsAt(`${path}?status=revoked`)).toEqual([phone.id]);
  expect(await idsAt(`${path}?status=all&id=${phone.id}&id=${other.id}`)).toEqual([phone.id, other.id]);
  expect(await idsAt(`${path}?search=laptop`)).toEqual([laptop.id, other.id]);
  expect((await send("GET", `${account}${path}?status=gone`)).status).toBe(400);
  expect((await send("GET", `${account}${path}?cursor=odd`)).status).toBe(400);
});

test("a list of registrations goes on at its cursor, which is empty at the end", async () => {
  const { id } = cloudflare.addAccessUser();
  for (let count = 0; count < 3; count += 1) cloudflare.enrolDevice(id);
  const path = `${account}/devices/registrations?per_page=2`;
  const first = await send("GET", path);
  const { cursor, ...info } = first.body["result_info"] as { cursor: string };
  expect(info).toEqual({ count: 2, per_page: 2, total_count: 3 });
  const last = await send("GET", `${path}&cursor=${cursor}`);
  expect(last.body).toMatchObject({ result_info: { count: 1, cursor: "" } });
});

test("one unknown registration makes the whole call fail, and nothing is done", async () => {
  const registration = cloudflare.enrolDevice(cloudflare.addAccessUser().id);
  for (const [method, end] of [
    ["POST", "/revoke"],
    ["POST", "/unrevoke"],
    ["DELETE", ""],
  ] as const) {
    const path = `${account}/devices/registrations${end}?id=${registration.id}&id=unknown`;
    expect(await send(method, path)).toMatchObject({ status: 404, body: { success: false } });
  }
  expect(cloudflare.fleet.registrations.get(registration.id)?.revoked_at).toBeNull();
});

test("without any id every registration of the account is meant, which nobody must send", async () => {
  const one = cloudflare.enrolDevice(cloudflare.addAccessUser().id);
  cloudflare.enrolDevice(cloudflare.addAccessUser().id);
  expect((await send("POST", `${account}/devices/registrations/revoke`)).status).toBe(200);
  expect(one.revoked_at).toBe(now.toISOString());
  expect((await send("DELETE", `${account}/devices/registrations`)).status).toBe(200);
  expect(cloudflare.fleet.registrations.size).toBe(0);
});

test("devices without an active registration are shown only when asked for", async () => {
  const { id } = cloudflare.addAccessUser({ email: "sam@example.com" });
  const idle = cloudflare.enrolDevice(id);
  const used = cloudflare.enrolDevice(id);
  cloudflare.fleet.revoke([idle]);
  const path = "/devices/physical-devices";
  expect(await idsAt(path)).toEqual([used.deviceId]);
  expect(await idsAt(`${path}?active_registrations=exclude`)).toEqual([idle.deviceId]);
  expect(await idsAt(`${path}?active_registrations=include`)).toEqual([idle.deviceId, used.deviceId]);
  expect(await send("GET", `${account}${path}?id=${used.deviceId}`)).toMatchObject({
    body: { result: [{ active_registrations: 1, last_seen_user: { email: "sam@example.com" } }] },
  });
});

test("revoking a person with devices revokes the registrations of that person only", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  const own = cloudflare.enrolDevice(sam.id);
  const shared = cloudflare.enrolDevice(cloudflare.addAccessUser().id, { id: own.deviceId });
  const path = `${account}/access/organizations/revoke_user`;
  await send("POST", path, { email: sam.email });
  expect(own.revoked_at).toBeNull();
  await send("POST", path, { email: sam.email, devices: true });
  expect(own.revoked_at).toBe(now.toISOString());
  expect(shared.revoked_at).toBeNull();
});

test("a seat that is freed takes the registrations along and comes back with the next sign-in", async () => {
  const sam = cloudflare.addAccessUser();
  cloudflare.enrolDevice(sam.id);
  const path = `${account}/access/seats`;
  const free = { seat_uid: sam.seat_uid, access_seat: false, gateway_seat: false };
  expect(await send("PATCH", path, [free])).toMatchObject({ status: 200, body: { result: [free] } });
  expect(cloudflare.fleet.registrations.size).toBe(0);
  cloudflare.signIn(sam.email);
  expect(sam.access_seat).toBe(true);
});

test.each([
  ["an object", { seat_uid: "s", access_seat: false, gateway_seat: false }],
  ["nothing", []],
  ["half a seat", [{ seat_uid: "s", access_seat: false }]],
  ["an unknown field", [{ seat_uid: "s", access_seat: false, gateway_seat: false, email: "a@b" }]],
  ["too long an id", [{ seat_uid: "s".repeat(37), access_seat: false, gateway_seat: false }]],
])("a change of seats with %s is refused", async (_what, body) => {
  const answer = await send("PATCH", `${account}/access/seats`, body);
  expect(answer).toMatchObject({ status: 400, body: { success: false } });
});
