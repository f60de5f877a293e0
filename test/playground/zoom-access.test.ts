import { afterEach, beforeEach, expect, test } from "vitest";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { createSender, requestToken, sendRaw, signedIn } from "./vendor-client.ts";

let now: Date;
let zoom: ZoomSimulator;

beforeEach(async () => {
  now = new Date("2026-03-02T09:30:00Z");
  zoom = await startZoomSimulator({
    clock: () => now,
    accountId: "account",
    scopes: ["user:read:user:admin"],
  });
});

afterEach(() => zoom.close());

function basic(id: string, secret: string): string {
  return `Basic ${btoa(`${id}:${secret}`)}`;
}

test("a token is granted for parameters in the query and in a form alike", async () => {
  const authorization = basic(zoom.credentials.clientId, zoom.credentials.clientSecret);
  const query = "grant_type=account_credentials&account_id=account";
  const byQuery = await fetch(`${zoom.oauthUrl}?${query}`, { method: "POST", headers: { authorization } });
  const byForm = await fetch(zoom.oauthUrl, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams(query),
  });
  for (const response of [byQuery, byForm])
    expect(await response.json()).toMatchObject({
      token_type: "bearer",
      expires_in: 3600,
      scope: "user:read:user:admin",
    });
  expect(zoom.tokensIssued).toBe(2);
});

test.each([
  ["another secret", "grant_type=account_credentials&account_id=account", "wrong", 401, "invalid_client"],
  [
    "another grant",
    "grant_type=client_credentials&account_id=account",
    "right",
    400,
    "unsupported_grant_type",
  ],
  ["another account", "grant_type=account_credentials&account_id=other", "right", 400, "invalid_request"],
])("no token is granted for %s", async (_what, query, secret, status, error) => {
  const { clientId, clientSecret } = zoom.credentials;
  const authorization = basic(clientId, secret === "right" ? clientSecret : "wrong");
  const response = await fetch(`${zoom.oauthUrl}?${query}`, { method: "POST", headers: { authorization } });
  expect(response.status).toBe(status);
  const body = (await response.json()) as Record<string, unknown>;
  expect(body["error"]).toBe(error);
  expect(body["reason"]).toBeTypeOf("string");
  expect(zoom.tokensIssued).toBe(0);
});

test("a token runs out after an hour by the clock, or on demand", async () => {
  const send = await signedIn(zoom);
  expect((await send("GET", "/users/me")).status).toBe(200);
  now = new Date(now.getTime() + 3_600_000);
  const expired = { status: 401, body: { code: 124, message: "Access token is expired." } };
  expect(await send("GET", "/users/me")).toMatchObject(expired);
  const again = await signedIn(zoom);
  expect((await again("GET", "/users/me")).status).toBe(200);
  zoom.expireTokens();
  expect(await again("GET", "/users/me")).toMatchObject(expired);
});

test("a new token leaves the older one alone, unless told to revoke it", async () => {
  const first = await signedIn(zoom);
  await requestToken(zoom);
  expect((await first("GET", "/users/me")).status).toBe(200);
  zoom.newTokenRevokesOlder = true;
  await requestToken(zoom);
  expect((await first("GET", "/users/me")).status).toBe(401);
});

test.each([[{}], [{ authorization: "Bearer nonsense" }], [{ authorization: "nonsense" }]])(
  "a call with the headers %j is 401/124",
  async (headers: Record<string, string>) => {
    const answer = await createSender(zoom.apiUrl, headers)("GET", "/users/me");
    expect(answer).toMatchObject({ status: 401, body: { code: 124, message: "Invalid access token." } });
  },
);

test("a missing scope is 400/4711 and named, and does not tell whether the user exists", async () => {
  const send = await signedIn(zoom);
  const answer = await send("DELETE", "/users/nobody/token");
  expect(answer).toMatchObject({
    status: 400,
    body: {
      code: 4711,
      message: "Invalid access token, does not contain scopes:[user:write:admin, user:delete:token:admin].",
    },
  });
});

test("a scope without :admin reaches the owner of the app only", async () => {
  const own = await startZoomSimulator({ scopes: ["user:read"] });
  try {
    const send = await signedIn(own);
    expect((await send("GET", "/users/me")).status).toBe(200);
    expect((await send("GET", `/users/${own.addUser().id}`)).body).toMatchObject({ code: 4711 });
  } finally {
    await own.close();
  }
});

test.each([
  ["GET", "/nothing"],
  ["PUT", "/users"],
  ["PATCH", "/users/zak"],
  ["GET", "/users/summary"],
  ["DELETE", "/users/email"],
  ["DELETE", "/users/features/token"],
])("%s %s is no route here", async (method, path) => {
  const answer = await (await signedIn(zoom))(method, path);
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 2300, message: "This API endpoint is not recognized." },
  });
});

test.each([
  "/v2/users/..",
  "/v2/users/.",
  "/v2/users//token",
  "/v2/users/",
  "/v2/users/x/../me",
  "/v2/users/%2e%2E",
  "/v2/users/%zz",
  "/v2/users/%ff",
  "/v2/users/a|b",
])("the path %s is routed nowhere", async (path) => {
  const authorization = `Bearer ${await requestToken(zoom)}`;
  expect(await sendRaw(zoom.port, path, { authorization })).toMatchObject({
    status: 400,
    body: { code: 2300 },
  });
});

test("an encoded slash stays part of the user id", async () => {
  const send = await signedIn(zoom);
  const answer = await send("GET", `/users/${encodeURIComponent("x/../me")}`);
  expect(answer).toMatchObject({ status: 404, body: { message: "User does not exist: x/../me." } });
});
