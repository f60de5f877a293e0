import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { requestToken, signedIn, type Send } from "./vendor-client.ts";

let now: Date;
let zoom: ZoomSimulator;
let send: Send;

beforeEach(async () => {
  now = new Date("2026-03-02T09:30:00Z");
  zoom = await startZoomSimulator({
    clock: () => now,
    rateLimits: false,
    scopes: USER_ADMINISTRATION_SCOPES,
  });
  send = await signedIn(zoom);
});

afterEach(() => zoom.close());

function advance(milliseconds: number): void {
  now = new Date(now.getTime() + milliseconds);
}

test("a user is found by id, and by e-mail whatever its case, and pretend facts stay inside", async () => {
  const sam = zoom.addUser({ email: "sam.hill@example.com", pretend: { managedDomain: true } });
  expect(sam.id).toMatch(/^[A-Za-z0-9_-]{22}$/);
  const byId = await send("GET", `/users/${sam.id}`);
  const byEmail = await send("GET", `/users/${encodeURIComponent("SAM.Hill@example.com")}`);
  expect(byEmail.body).toEqual(byId.body);
  expect(byId.body).toMatchObject({
    id: sam.id,
    first_name: "Sam",
    last_name: "Hill",
    type: 2,
    plan_united_type: "1",
    status: "active",
    login_types: [101],
    created_at: "2026-03-02T09:30:00Z",
  });
  expect(byId.body).not.toHaveProperty("pretend");
});

test("me is the owner of the app", async () => {
  const { body } = await send("GET", "/users/me");
  expect(body).toMatchObject({ id: zoom.owner.id, role_id: "0", role_name: "Owner" });
});

test("an unknown user is 404/1001 for every call on a user", async () => {
  const expected = { code: 1001, message: "User does not exist: nobody@example.com." };
  const path = "/users/nobody%40example.com";
  for (const answer of [
    await send("GET", path),
    await send("DELETE", path),
    await send("DELETE", `${path}/token`),
    await send("PUT", `${path}/status`, { action: "deactivate" }),
  ]) {
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual(expected);
  }
});

test("a login type that the user does not have finds nobody, and an unknown one is refused", async () => {
  const sam = zoom.addUser({ login_types: [101], employee_unique_id: "E-7" });
  expect((await send("GET", `/users/${sam.id}?login_type=101`)).status).toBe(200);
  expect((await send("GET", `/users/${sam.id}?login_type=100`)).status).toBe(404);
  expect((await send("GET", `/users/${sam.id}?login_type=5`)).body).toMatchObject({ code: 300 });
  expect((await send("GET", "/users/E-7?search_by_unique_id=true")).body).toMatchObject({ id: sam.id });
});

test("a pending user shows no id and cannot be addressed by one", async () => {
  const sam = zoom.addUser({ email: "sam@example.com", status: "pending" });
  const byEmail = await send("GET", "/users/sam%40example.com");
  expect(byEmail.body).toMatchObject({ status: "pending" });
  expect(byEmail.body).not.toHaveProperty("id");
  expect((await send("GET", `/users/${sam.id}`)).status).toBe(404);
  sam.pretend.invitationExpired = true;
  expect(await send("GET", "/users/sam%40example.com")).toMatchObject({ status: 400, body: { code: 1120 } });
});

test("the e-mail check is true for work e-mail and false for SSO and for nobody", async () => {
  zoom.addUser({ email: "work@example.com", login_types: [100] });
  zoom.addUser({ email: "sso@example.com", login_types: [101] });
  expect((await send("GET", "/users/email?email=Work%40example.com")).body).toEqual({ existed_email: true });
  expect((await send("GET", "/users/email?email=sso%40example.com")).body).toEqual({ existed_email: false });
  expect((await send("GET", "/users/email?email=no%40example.com")).body).toEqual({ existed_email: false });
  expect(await send("GET", "/users/email")).toMatchObject({
    status: 400,
    body: { code: 300, message: "Email is required." },
  });
});

test("deactivation strips the licence, and activation does not bring it back", async () => {
  const sam = zoom.addUser();
  const off = await send("PUT", `/users/${sam.id}/status`, { action: "deactivate" });
  expect(off.status).toBe(204);
  const { body } = await send("GET", `/users/${sam.id}`);
  expect(body).toMatchObject({ status: "inactive", type: 1 });
  expect(body).not.toHaveProperty("plan_united_type");
  expect(zoom.signIn(sam.email)).toBe(false);
  await send("PUT", `/users/${sam.id}/status`, { action: "activate" });
  expect((await send("GET", `/users/${sam.id}`)).body).toMatchObject({ status: "active", type: 1 });
});

test("a status change answers 200 without a body when told to", async () => {
  zoom.statusAnswer = 200;
  const { status, body } = await send("PUT", `/users/${zoom.addUser().id}/status`, { action: "clock_in" });
  expect({ status, body }).toEqual({ status: 200, body: {} });
});

test("a change becomes visible only after the propagation time by the clock", async () => {
  zoom.propagationMilliseconds = 2000;
  const sam = zoom.addUser();
  const statusSeen = async (): Promise<unknown> => (await send("GET", `/users/${sam.id}`)).body["status"];
  await send("PUT", `/users/${sam.id}/status`, { action: "deactivate" });
  advance(1000);
  await send("DELETE", `/users/${sam.id}?action=delete`);
  expect(sam.status).toBe("inactive");
  expect(await statusSeen()).toBe("active");
  advance(1000);
  expect(await statusSeen()).toBe("inactive");
  expect((await send("GET", "/users?status=inactive")).body["total_records"]).toBe(1);
  advance(1000);
  expect((await send("GET", `/users/${sam.id}`)).status).toBe(404);
});

test.each([
  ["the owner", { role_id: "0" }, 200],
  ["an administrator", { role_id: "1" }, 200],
  ["a Zoom Room", { pretend: { isZoomRoom: true } }, 200],
  ["a host of upcoming Zoom Events", { pretend: { upcomingZoomEvents: true } }, 300],
])("the status of %s is not changed", async (_who, partial, code) => {
  const user = zoom.addUser(partial);
  const answer = await send("PUT", `/users/${user.id}/status`, { action: "deactivate" });
  expect(answer).toMatchObject({ status: 400, body: { code } });
  expect(user.status).toBe("active");
});

test("activation past the limit of Basic users is refused with 3412", async () => {
  zoom.basicUserLimit = 0;
  const sam = zoom.addUser({ status: "inactive", type: 1 });
  const answer = await send("PUT", `/users/${sam.id}/status`, { action: "activate" });
  expect(answer).toMatchObject({ status: 400, body: { code: 3412 } });
});

test.each([
  ["no action", {}, "action"],
  ["an unknown action", { action: "suspend" }, "action"],
  ["an unknown field", { action: "deactivate", reason: "left" }, "reason"],
])("a status body with %s is refused by field", async (_what, body, field) => {
  const answer = await send("PUT", `/users/${zoom.addUser().id}/status`, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 300, errors: [{ field }] } });
});

test.each([
  ["no body", undefined, undefined, 415],
  ["a form", "application/x-www-form-urlencoded", "action=deactivate", 415],
  ["broken JSON", "application/json", "{", 400],
  ["a JSON list", "application/json", "[]", 400],
])("a status request with %s is refused", async (_what, contentType, body, status) => {
  const sam = zoom.addUser();
  const authorization = `Bearer ${await requestToken(zoom)}`;
  const response = await fetch(`${zoom.apiUrl}/users/${sam.id}/status`, {
    method: "PUT",
    headers: { authorization, ...(contentType ? { "content-type": contentType } : {}) },
    ...(body === undefined ? {} : { body }),
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ code: 300 });
  expect(sam.status).toBe("active");
});

test("revoking the SSO token ends the sessions and stops no new sign-in", async () => {
  const sam = zoom.addUser({ pretend: { ssoSessions: 3 } });
  const answer = await send("DELETE", `/users/${sam.id}/token`);
  expect(answer.status).toBe(204);
  expect(sam.pretend.ssoSessions).toBe(0);
  expect(zoom.signIn(sam.email)).toBe(true);
  expect(sam.pretend.ssoSessions).toBe(1);
});

test("of two writes on one user at once, one is refused with 429", async () => {
  zoom.writeMilliseconds = 40;
  const sam = zoom.addUser();
  const other = zoom.addUser();
  const answers = await Promise.all([
    send("DELETE", `/users/${sam.id}?action=delete`),
    send("DELETE", `/users/${sam.id}?action=delete`),
    send("DELETE", `/users/${other.id}?action=delete`),
  ]);
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(2);
  expect(answers.find(({ status }) => status === 429)?.body).toEqual({
    code: 429,
    message: "Too many concurrent requests. A request to disassociate this user has already been made.",
  });
  expect(zoom.deletedUsers).toHaveLength(2);
});

test("the journal keeps every request with what was answered", async () => {
  await send("GET", "/users/nobody?login_type=101");
  const call = zoom.calls.at(-1);
  expect(call).toMatchObject({ simulator: "zoom", request: { method: "GET", path: "/v2/users/nobody" } });
  expect(call?.outcome).toMatchObject({ status: 404, body: { code: 1001 } });
});
