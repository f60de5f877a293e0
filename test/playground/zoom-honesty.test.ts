import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { changeTexts } from "../../playground/change-fields.ts";
import {
  answerExpiredPage,
  answerIdOnLookUp,
  answerRefusal,
  answerToken,
  MALFORMED_IDS,
} from "../../playground/zoom/faults.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { createSender, requestToken, signedIn, type Send } from "./vendor-client.ts";

let zoom: ZoomSimulator;
let send: Send;
let sam: ZoomUser;

beforeEach(async () => {
  zoom = await startZoomSimulator({
    rateLimits: false,
    scopes: ["user:read:admin", "user:write:admin", "meeting:read:admin", "meeting:write:admin"],
  });
  send = await signedIn(zoom);
  sam = zoom.addUser({ email: "sam@example.com" });
});

afterEach(() => zoom.close());

async function meetingsOf(type: string): Promise<unknown> {
  return (await send("GET", `/users/${sam.id}/meetings?type=${type}`)).body["meetings"];
}

test("no list shows an instant meeting that runs, and its end by id works", async () => {
  const { id } = zoom.addMeeting(sam, { type: 1, live: true });
  for (const type of ["live", "scheduled", "upcoming"]) expect(await meetingsOf(type)).toEqual([]);
  expect((await send("GET", `/meetings/${id}`)).body).toMatchObject({ id, status: "started" });
  expect((await send("PUT", `/meetings/${id}/status`, { action: "end" })).status).toBe(204);
  expect(zoom.meetings).toEqual([]);
});

test("deactivation takes the right to hold meetings away when told to, and leaves the meeting running", async () => {
  const { id } = zoom.addMeeting(sam, { live: true });
  await send("PUT", `/users/${sam.id}/status`, { action: "deactivate" });
  expect(await meetingsOf("live")).toMatchObject([{ id }]);
  zoom.deactivationTakesMeetings = true;
  const refusal = { status: 400, body: { code: 3161 } };
  expect(await send("GET", `/users/${sam.id}/meetings?type=live`)).toMatchObject(refusal);
  expect(await send("PUT", `/meetings/${id}/status`, { action: "end" })).toMatchObject(refusal);
  expect(zoom.meetings).toMatchObject([{ live: true }]);
});

test.each([
  ["a password", [100]],
  ["Google", [1]],
])("revoking the SSO token of somebody who signs in by %s is 204 and ends nothing", async (_how, types) => {
  const other = zoom.addUser({ login_types: types });
  expect(zoom.signIn(other.id)).toBe(true);
  expect((await send("DELETE", `/users/${other.id}/token`)).status).toBe(204);
  expect(other.pretend).toMatchObject({ ssoSessions: 0, otherSessions: 2 });
  await send("DELETE", `/users/${other.id}?action=delete`);
  expect(other.pretend.otherSessions).toBe(0);
});

test.each(["another-person", ...MALFORMED_IDS])(
  "a look-up by e-mail answers the id %.20s when told to, and reads by id stay true",
  async (id) => {
    zoom.addFault(answerIdOnLookUp(id));
    expect((await send("GET", "/users/sam%40example.com")).body).toMatchObject({ id, email: sam.email });
    expect((await send("GET", `/users/${sam.id}`)).body).toMatchObject({ id: sam.id });
    expect((await send("GET", "/users/nobody%40example.com")).status).toBe(404);
  },
);

describe("what transfers may be handed to", () => {
  test.each([
    ["nobody", "nobody@example.com", {}, 404, 1001, "User does not exist: nobody@example.com."],
    [
      "a Zoom Rooms user",
      "heir@example.com",
      { pretend: { isZoomRoom: true } },
      400,
      200,
      "Can not transfer to a Zoom Rooms user.",
    ],
    [
      "somebody pending",
      "heir@example.com",
      { status: "pending" as const },
      400,
      1000,
      "You can not transfer to users that are still in pending state.",
    ],
  ])("not %s, who is named or described, not the leaver", async (_whom, to, heir, status, code, message) => {
    zoom.addUser({ email: "heir@example.com", ...heir });
    const query = `action=delete&transfer_email=${encodeURIComponent(to)}`;
    const answer = await send("DELETE", `/users/${sam.id}?${query}`);
    expect(answer).toMatchObject({ status, body: { code, message } });
    expect(zoom.users.has(sam.id)).toBe(true);
  });
});

test("an unknown user is 400/1010 when told to, and an unknown heir still 404/1001", async () => {
  zoom.unknownUserCode = 1010;
  const unknown = {
    status: 400,
    body: { code: 1010, message: `User not found on this account: ${zoom.accountId}.` },
  };
  expect(await send("GET", "/users/nobody")).toMatchObject(unknown);
  expect(await send("PUT", "/users/nobody/status", { action: "deactivate" })).toMatchObject(unknown);
  expect(await send("DELETE", `/users/${sam.id}?transfer_email=x%40y.example`)).toMatchObject({
    status: 404,
    body: { code: 1001 },
  });
});

test("a token that another program takes ends ours when new tokens revoke older ones", async () => {
  zoom.takeTokenElsewhere();
  expect((await send("GET", "/users/me")).status).toBe(200);
  zoom.newTokenRevokesOlder = true;
  zoom.takeTokenElsewhere();
  expect(await send("GET", "/users/me")).toMatchObject({ status: 401, body: { code: 124 } });
});

test.each([[""], ["two\nlines"], [17], [null]])(
  "the token endpoint answers %j when told to",
  async (token) => {
    zoom.addFault({ ...answerToken(token), times: 1 });
    expect(await requestToken(zoom)).toBe(token);
    expect(await requestToken(zoom)).toMatch(/^[\w-]{64}$/);
  },
);

test("parameters of a token request in the query are refused when only the body is read", async () => {
  zoom.tokenParameters = "body";
  const { accountId, clientId, clientSecret } = zoom.credentials;
  const parameters = new URLSearchParams({ grant_type: "account_credentials", account_id: accountId });
  const headers = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
  const byQuery = await fetch(`${zoom.oauthUrl}?${parameters}`, { method: "POST", headers });
  expect(byQuery.status).toBe(400);
  const byBody = await fetch(zoom.oauthUrl, { method: "POST", headers, body: parameters });
  expect(byBody.status).toBe(200);
});

test("page tokens expire half-way when told to", async () => {
  for (let count = 0; count < 4; count += 1) zoom.addUser();
  zoom.addFault({ ...answerExpiredPage(), skip: 1 });
  const page = (token: unknown) => send("GET", `/users?page_size=2&next_page_token=${String(token)}`);
  const first = await page("");
  const second = await page(first.body["next_page_token"]);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await page(second.body["next_page_token"])).toMatchObject({
    status: 400,
    body: { code: 300, message: "The next page token is invalid or expired." },
  });
});

test("somebody who is deactivated leaves the list of active users for that of inactive ones", async () => {
  const listed = async (status: string) =>
    ((await send("GET", `/users?status=${status}`)).body["users"] as { id: string }[]).some(
      ({ id }) => id === sam.id,
    );
  expect([await listed("active"), await listed("inactive")]).toEqual([true, false]);
  await send("PUT", `/users/${sam.id}/status`, { action: "deactivate" });
  expect([await listed("active"), await listed("inactive")]).toEqual([false, true]);
});

test("addresses are found whatever their case, and shown in another one when told to", async () => {
  expect((await send("GET", "/users/SAM%40Example.COM")).body).toMatchObject({ email: "sam@example.com" });
  zoom.addFault(changeTexts("email", (email) => email.toUpperCase()));
  expect((await send("GET", `/users/${sam.id}`)).body).toMatchObject({
    id: sam.id,
    email: "SAM@EXAMPLE.COM",
  });
  const { body } = await send("GET", "/users");
  expect((body["users"] as { email: string }[]).map(({ email }) => email)).toContain("SAM@EXAMPLE.COM");
});

test("a refusal can have any code and words", async () => {
  zoom.addFault({ ...answerRefusal(400, 300, "ユーザーは存在しません。"), times: 1 });
  expect(await send("GET", `/users/${sam.id}`)).toEqual({
    status: 400,
    headers: expect.anything() as Headers,
    body: { code: 300, message: "ユーザーは存在しません。" },
  });
});

test("a role is given by an address of any case, and a picture taken by its own scope", async () => {
  const own = await startZoomSimulator({
    rateLimits: false,
    scopes: ["role:write:member:admin", "user:delete:profile_picture:admin"],
  });
  try {
    own.addUser({ email: "sam@example.com" });
    const narrow = createSender(own.apiUrl, { authorization: `Bearer ${await requestToken(own)}` });
    const given = await narrow("POST", "/roles/1/members", { members: [{ email: "Sam@Example.com" }] });
    expect(given.status).toBe(201);
    expect((await narrow("DELETE", "/users/sam%40example.com/picture")).body["code"]).not.toBe(4711);
  } finally {
    await own.close();
  }
});
