import { afterEach, beforeEach, expect, test } from "vitest";
import { ROLES } from "../../playground/cloudflare/members.ts";
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

test("a person on a denying list is kept out, which is a failed login, and let in again without it", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  const list = cloudflare.addGatewayList();
  cloudflare.denyListIds.add(list.id);
  const path = `${account}/gateway/lists/${list.id}`;
  await send("PATCH", path, { append: [{ value: "SAM@example.com", description: "SEC-1" }] });
  expect(cloudflare.signIn(sam.email)).toBeUndefined();
  const failed = await send("GET", `${account}/access/users/${sam.id}/failed_logins`);
  expect(failed.body["result"]).toHaveLength(1);
  await send("PATCH", path, { remove: ["SAM@example.com"] });
  expect(cloudflare.signIn(sam.email)).toBeDefined();
});

test("a block ends no session: it only keeps the next sign-in out", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  cloudflare.addSession(sam.id);
  const list = cloudflare.addGatewayList();
  cloudflare.denyListIds.add(list.id);
  await send("PATCH", `${account}/gateway/lists/${list.id}`, { append: [{ value: sam.email }] });
  expect(cloudflare.liveSessions(sam.id)).toHaveLength(1);
});

test("a list keeps an entry once, takes none too many, and is never replaced whole", async () => {
  cloudflare.entriesPerList = 2;
  const list = cloudflare.addGatewayList();
  const path = `${account}/gateway/lists/${list.id}`;
  const append = (...emails: string[]) => send("PATCH", path, { append: emails.map((value) => ({ value })) });
  await append("a@example.com");
  expect(await append("a@example.com", "b@example.com")).toMatchObject({ body: { result: { count: 2 } } });
  expect(await append("c@example.com")).toMatchObject({ status: 400 });
  expect(await send("PUT", path, { items: [] })).toMatchObject({ status: 404 });
  expect(list.items.map(({ value }) => value)).toEqual(["a@example.com", "b@example.com"]);
});

test.each([
  { append: [{ value: "sam" }] },
  { append: ["sam@example.com"] },
  { append: { value: "sam@example.com" } },
  { remove: [{ value: "sam@example.com" }] },
  { items: [] },
])("a list does not take %j", async (body) => {
  const list = cloudflare.addGatewayList();
  expect(await send("PATCH", `${account}/gateway/lists/${list.id}`, body)).toMatchObject({ status: 400 });
});

test("members come 20 at a time, 50 at most, also by status", async () => {
  for (let count = 0; count < 21; count += 1) cloudflare.addMember({ email: `p${count}@example.com` });
  cloudflare.addMember({ email: "invited@example.com", status: "pending" });
  const path = `${account}/members`;
  expect(await send("GET", path)).toMatchObject({
    body: { result_info: { count: 20, total_count: 22, total_pages: 2 } },
  });
  expect((await send("GET", `${path}?status=pending`)).body["result"]).toHaveLength(1);
  expect((await send("GET", `${path}?per_page=51`)).status).toBe(400);
});

test("an invitation is open until it is accepted, and carries a code", async () => {
  const body = { email: "sam@example.com", roles: [ROLES[2]?.id] };
  const { status, body: answer } = await send("POST", `${account}/members`, body);
  expect(status).toBe(200);
  expect(answer["result"]).toMatchObject({
    status: "pending",
    user: { email: "sam@example.com" },
    code: expect.any(String) as string,
  });
  const list = await send("GET", `${account}/members`);
  expect(JSON.stringify(list.body)).not.toContain('"code"');
  expect((await send("POST", `${account}/members`, body)).status).toBe(400);
});

test.each([
  { email: "sam@example.com" },
  { email: "sam", roles: ["33666b9c79b9a5273fc7344ff42f953d"] },
  { email: "sam@example.com", roles: [] },
  { email: "sam@example.com", roles: ["unknown"] },
  { email: "sam@example.com", policies: [{}], roles: ["33666b9c79b9a5273fc7344ff42f953d"] },
  { email: "sam@example.com", policies: [{}], status: "rejected" },
])("an invitation does not take %j", async (body) => {
  expect((await send("POST", `${account}/members`, body)).status).toBe(400);
  expect(cloudflare.members.size).toBe(0);
});

test("a disabled service token keeps its name and its client id", async () => {
  const token = cloudflare.addServiceToken();
  const before = { ...token };
  now = new Date("2026-03-02T10:30:00Z");
  const path = `${account}/access/service_tokens/${token.id}`;
  expect(await send("PUT", path, { enabled: "no" })).toMatchObject({ status: 400 });
  expect(await send("PUT", path, { enabled: false })).toMatchObject({ status: 200 });
  expect(token).toEqual({ ...before, enabled: false, updated_at: now.toISOString() });
});

test("an account token is replaced whole: what is not sent along is gone", async () => {
  const token = cloudflare.addAccountToken({ condition: { request_ip: { in: ["192.0.2.0/24"] } } });
  const path = `${account}/tokens/${token.id}`;
  const { name, policies } = token;
  expect(await send("PUT", path, { status: "disabled" })).toMatchObject({ status: 400 });
  expect(await send("PUT", path, { name, policies, status: "off" })).toMatchObject({ status: 400 });
  expect(await send("PUT", path, { name, policies, status: "disabled" })).toMatchObject({ status: 200 });
  expect(cloudflare.accountTokens.get(token.id)).not.toHaveProperty("condition");
});

test("without Access every call about it is refused, and the others are not", async () => {
  cloudflare.accessEnabled = false;
  expect(await send("GET", `${account}/access/users`)).toMatchObject({
    status: 403,
    body: { errors: [{ code: 9999 }] },
  });
  expect((await send("GET", `${account}/members`)).status).toBe(200);
});

test("the log of sign-ins is cut by time, order and number", async () => {
  const sam = cloudflare.addAccessUser({ email: "sam@example.com" });
  for (const hour of ["10", "11", "12"]) {
    now = new Date(`2026-03-02T${hour}:00:00Z`);
    cloudflare.addSession(sam.id);
  }
  const path = `${account}/access/logs/access_requests?email=sam@example.com&email_exact=true`;
  const hours = async (query: string) => {
    const { body } = await send("GET", path + query);
    return (body["result"] as { created_at: string }[]).map(({ created_at }) => created_at.slice(11, 13));
  };
  expect(await hours("")).toEqual(["12", "11", "10"]);
  expect(await hours("&direction=asc&limit=2")).toEqual(["10", "11"]);
  expect(await hours("&since=2026-03-02T11:00:00Z&until=2026-03-02T12:30:00%2B01:00")).toEqual(["11"]);
  expect((await send("GET", `${path}&since=today`)).status).toBe(400);
});
