import { afterEach, beforeEach, expect, test } from "vitest";
import {
  answerHtmlErrorPage,
  answerRedirect,
  answerSuccessFalse,
} from "../../playground/cloudflare/faults.ts";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../playground/cloudflare/server.ts";
import { createSender, sendRaw, type Send } from "./vendor-client.ts";

let now: Date;
let cloudflare: CloudflareSimulator;
let send: Send;
let revokePath: string;

beforeEach(async () => {
  now = new Date("2026-03-02T09:30:00Z");
  cloudflare = await startCloudflareSimulator({ clock: () => now });
  send = createSender(cloudflare.apiUrl, { authorization: `Bearer ${cloudflare.credentials.apiToken}` });
  revokePath = `/accounts/${cloudflare.accountId}/access/organizations/revoke_user`;
});

afterEach(() => cloudflare.close());

function advance(seconds: number): void {
  now = new Date(now.getTime() + seconds * 1000);
}

async function sessionsSeen(userId: string): Promise<Record<string, unknown>[]> {
  const path = `/accounts/${cloudflare.accountId}/access/users/${userId}/active_sessions`;
  return (await send("GET", path)).body["result"] as Record<string, unknown>[];
}

test("a revocation of the account ends the sessions and is kept as it came", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com", active_device_count: 2 });
  cloudflare.addSession(sam.id);
  cloudflare.addSession(sam.id);
  expect(await sessionsSeen(sam.id)).toHaveLength(2);
  const body = { email: "SAM@example.com", devices: true, warp_session_reauth: true };
  const { status, body: answer } = await send("POST", revokePath, body);
  expect(status).toBe(200);
  expect(answer).toEqual({ success: true, errors: [], messages: [], result: true });
  expect(await sessionsSeen(sam.id)).toEqual([]);
  expect(sam.active_device_count).toBe(0);
  expect(cloudflare.revocations).toEqual([
    { scope: "account", email: "SAM@example.com", at: now, body, devices: true },
  ]);
});

test("devices may be asked for in the query, and stay when nobody asks", async () => {
  const sam = cloudflare.addAccessUser({ active_device_count: 1 });
  await send("POST", revokePath, { email: sam.email });
  expect(sam.active_device_count).toBe(1);
  await send("POST", `${revokePath}?devices=true`, { email: sam.email });
  expect(sam.active_device_count).toBe(0);
  const refused = await send("POST", `${revokePath}?devices=1`, { email: sam.email });
  expect(refused.status).toBe(400);
});

test("a revocation of a zone ends the sessions and takes the e-mail only", async () => {
  const sam = cloudflare.addAccessUser();
  cloudflare.addSession(sam.id);
  const path = `/zones/${cloudflare.zoneIds[0]}/access/organizations/revoke_user`;
  expect(await send("POST", path, { email: sam.email, devices: true })).toMatchObject({ status: 400 });
  expect(await send("POST", `${path}?devices=true`, { email: sam.email })).toMatchObject({ status: 400 });
  expect(await sessionsSeen(sam.id)).toHaveLength(1);
  expect(await send("POST", path, { email: sam.email })).toMatchObject({
    status: 200,
    body: { result: true },
  });
  expect(await sessionsSeen(sam.id)).toEqual([]);
  expect(cloudflare.revocations).toMatchObject([{ scope: "zone", zoneId: cloudflare.zoneIds[0] }]);
});

test("sessions vanish only after the logout time, which a second revocation does not put off", async () => {
  cloudflare.logoutMilliseconds = 30_000;
  const sam = cloudflare.addAccessUser();
  cloudflare.addSession(sam.id);
  await send("POST", revokePath, { email: sam.email });
  advance(20);
  await send("POST", revokePath, { email: sam.email });
  expect(await sessionsSeen(sam.id)).toHaveLength(1);
  advance(10);
  expect(await sessionsSeen(sam.id)).toEqual([]);
});

test("nobody signs in again for a minute after a revocation, and everyone can after it", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  expect(cloudflare.signIn("Sam@example.com")).toBeDefined();
  await send("POST", revokePath, { email: sam.email });
  advance(59.999);
  expect(cloudflare.signIn(sam.email)).toBeUndefined();
  advance(0.001);
  expect(cloudflare.signIn(sam.email)).toBeDefined();
  expect(await sessionsSeen(sam.id)).toHaveLength(1);
  expect(sam.last_successful_login).toBe(now.toISOString());
  expect(cloudflare.signIn("nobody@example.com")).toBeUndefined();
});

test("a session is shown in seconds since 1970 and runs out after a day", async () => {
  const sam = cloudflare.addAccessUser();
  const { nonce, apps } = cloudflare.addSession(sam.id);
  const issued = now.getTime() / 1000;
  expect(await sessionsSeen(sam.id)).toEqual([
    {
      name: nonce,
      expiration: issued + 86_400,
      metadata: { apps, expires: issued + 86_400, iat: issued, nonce, ttl: 86_400 },
    },
  ]);
  advance(86_400);
  expect(await sessionsSeen(sam.id)).toEqual([]);
});

test("an e-mail that nobody has is answered with the same success", async () => {
  const { body } = await send("POST", revokePath, { email: "nobody@example.com" });
  expect(body).toMatchObject({ success: true, result: true });
});

test("the e-mail filter of users matches parts of it, whatever the case", async () => {
  cloudflare.addAccessUser({ email: "sam@example.com" });
  cloudflare.addAccessUser({ email: "Flotsam@example.com" });
  cloudflare.addAccessUser({ email: "kim@example.com", name: "Sam Kim" });
  const find = async (query: string): Promise<string[]> => {
    const { body } = await send("GET", `/accounts/${cloudflare.accountId}/access/users?${query}`);
    return (body["result"] as { email: string }[]).map(({ email }) => email);
  };
  expect(await find("email=SAM%40example.com")).toEqual(["sam@example.com", "Flotsam@example.com"]);
  expect(await find("name=sam")).toHaveLength(3);
  expect(await find("search=kim")).toEqual(["kim@example.com"]);
});

test("users come in pages with their count", async () => {
  for (const name of ["a", "b", "c"]) cloudflare.addAccessUser({ email: `${name}@example.com` });
  const path = `/accounts/${cloudflare.accountId}/access/users`;
  const { body } = await send("GET", `${path}?per_page=2&page=2`);
  expect(body).toMatchObject({
    result: [{ email: "c@example.com", active_device_count: 0, access_seat: true }],
    result_info: { page: 2, per_page: 2, count: 1, total_count: 3, total_pages: 2 },
  });
  expect((await send("GET", `${path}?per_page=0`)).status).toBe(400);
  expect((await send("GET", `${path}?mail=a`)).status).toBe(400);
});

test.each([
  ["no e-mail", { devices: true }],
  ["an e-mail that is none", { email: "sam" }],
  ["a flag that is no boolean", { email: "sam@example.com", devices: "true" }],
  ["an unknown field", { email: "sam@example.com", body_devices: true }],
  ["somebody else's uid", { email: "sam@example.com", user_uid: "other" }],
  ["a list", ["sam@example.com"]],
])("a revocation with %s is refused in the envelope and does nothing", async (_what, body) => {
  cloudflare.addAccessUser({ email: "sam@example.com" });
  const answer = await send("POST", revokePath, body);
  expect(answer).toMatchObject({
    status: 400,
    body: { success: false, errors: [{ code: 12130 }], messages: [], result: null },
  });
  expect(cloudflare.revocations).toEqual([]);
});

test("a form is refused", async () => {
  const response = await fetch(cloudflare.apiUrl + revokePath, {
    method: "POST",
    headers: { authorization: `Bearer ${cloudflare.credentials.apiToken}` },
    body: new URLSearchParams({ email: "sam@example.com" }),
  });
  expect(response.status).toBe(400);
});

test("credentials are asked for first, then checked", async () => {
  const { apiEmail, apiKey } = cloudflare.credentials;
  const ask = (headers: Record<string, string>) =>
    createSender(cloudflare.apiUrl, headers)("POST", revokePath, { email: "sam@example.com" });
  expect(await ask({})).toMatchObject({ status: 400, body: { errors: [{ code: 9106 }] } });
  expect(await ask({ "x-auth-email": apiEmail })).toMatchObject({ body: { errors: [{ code: 9106 }] } });
  const authenticationError = { status: 401, body: { success: false, errors: [{ code: 10000 }] } };
  expect(await ask({ authorization: "Bearer wrong" })).toMatchObject(authenticationError);
  expect(await ask({ "x-auth-email": apiEmail, "x-auth-key": "0".repeat(37) })).toMatchObject(
    authenticationError,
  );
  expect((await ask({ "x-auth-email": apiEmail, "x-auth-key": apiKey })).status).toBe(200);
});

test("every call needs its permission, and the narrow one is enough to revoke", async () => {
  const users = `/accounts/${cloudflare.accountId}/access/users`;
  cloudflare.permissions = ["Access: Organizations Revoke"];
  expect((await send("POST", revokePath, { email: "sam@example.com" })).status).toBe(200);
  const forbidden = await send("GET", users);
  expect(forbidden).toMatchObject({ status: 403, body: { success: false, errors: [{ code: 10000 }] } });
  expect((forbidden.body["errors"] as object[])[0]).toHaveProperty("documentation_url");
  cloudflare.permissions = ["Access: Audit Logs Read"];
  expect((await send("GET", users)).status).toBe(200);
  expect((await send("POST", revokePath, { email: "sam@example.com" })).status).toBe(403);
});

test.each([
  ["POST", "/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/organizations/revoke_user"],
  ["POST", "/zones/023e105f4ecef8ad9ca31a8372d0c353/access/organizations/revoke_user"],
  ["GET", "/accounts/023e105f4ecef8ad9ca31a8372d0c353/access/users"],
  ["GET", "/user/tokens"],
])("%s %s is 7003", async (method, path) => {
  const answer = await send(method, path, method === "POST" ? { email: "sam@example.com" } : undefined);
  expect(answer).toMatchObject({ status: 404, body: { success: false, errors: [{ code: 7003 }] } });
});

test("a path that climbs is 7003", async () => {
  const path = `/client/v4/accounts/x/../${cloudflare.accountId}/access/users`;
  const authorization = `Bearer ${cloudflare.credentials.apiToken}`;
  expect(await sendRaw(cloudflare.port, path, { authorization })).toMatchObject({ status: 404 });
});

test("the sessions of an unknown user are 404", async () => {
  const path = `/accounts/${cloudflare.accountId}/access/users/nobody/active_sessions`;
  expect(await send("GET", path)).toMatchObject({ status: 404, body: { success: false } });
});

test("faults answer what a caller must not take for success, and change nothing", async () => {
  for (const fault of [answerSuccessFalse(), answerHtmlErrorPage(), answerRedirect("/elsewhere")])
    cloudflare.addFault({ ...fault, times: 1 });
  const body = { email: "sam@example.com" };
  expect(await send("POST", revokePath, body)).toMatchObject({ status: 200, body: { success: false } });
  const page = await send("POST", revokePath, body);
  expect(page.status).toBe(502);
  expect(page.headers.get("content-type")).toContain("text/html");
  expect((await send("POST", revokePath, body)).status).toBe(307);
  expect(cloudflare.revocations).toEqual([]);
});
