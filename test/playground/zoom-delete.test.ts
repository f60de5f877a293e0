import { afterEach, beforeEach, expect, test } from "vitest";
import { encryptEmail } from "../../playground/zoom/encrypted-email.ts";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { signedIn, type Send } from "./vendor-client.ts";

let zoom: ZoomSimulator;
let send: Send;

beforeEach(async () => {
  zoom = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
  send = await signedIn(zoom);
});

afterEach(() => zoom.close());

test("a delete without an action only disassociates", async () => {
  const sam = zoom.addUser();
  expect((await send("DELETE", `/users/${sam.id}`)).status).toBe(204);
  expect(zoom.disassociatedUsers.map(({ user }) => user.id)).toEqual([sam.id]);
  expect(zoom.deletedUsers).toEqual([]);
  expect((await send("GET", `/users/${sam.id}`)).status).toBe(404);
});

test("a delete takes the user away, keeps what was handed on, and answers 404 the second time", async () => {
  const sam = zoom.addUser({ email: "sam@example.com" });
  zoom.addUser({ email: "boss@example.com" });
  const query =
    "action=delete&transfer_email=Boss%40example.com&transfer_meeting=true&transfer_recording=true";
  expect((await send("DELETE", `/users/sam%40example.com?${query}`)).status).toBe(204);
  expect(zoom.deletedUsers).toMatchObject([
    { user: { id: sam.id }, transfer: { email: "boss@example.com", kinds: ["meeting", "recording"] } },
  ]);
  expect((await send("DELETE", `/users/sam%40example.com?${query}`)).status).toBe(404);
});

test.each([
  ["disassociate", "an administrator", { role_id: "1" }, 1117],
  ["disassociate", "the owner", { role_id: "0" }, 1117],
  ["delete", "the owner", { role_id: "0" }, 200],
  ["disassociate", "somebody of a managed domain", { pretend: { managedDomain: true } }, 1107],
  ["disassociate", "an API user", { login_types: [99] }, 300],
  ["delete", "a Zoom Room", { pretend: { isZoomRoom: true } }, 200],
  ["delete", "a call queue manager", { pretend: { callQueueManager: true } }, 1000],
  ["delete", "a host of Zoom Events without a heir", { pretend: { upcomingZoomEvents: true } }, 300],
])("%s refuses %s", async (action, _who, partial, code) => {
  const user = zoom.addUser(partial);
  const answer = await send("DELETE", `/users/${user.id}?action=${action}`);
  expect(answer).toMatchObject({ status: 400, body: { code } });
  expect(zoom.users.has(user.id)).toBe(true);
});

test("a pending user can be disassociated by e-mail and not deleted", async () => {
  zoom.addUser({ email: "new@example.com", status: "pending" });
  expect(await send("DELETE", "/users/new%40example.com?action=delete")).toMatchObject({
    status: 400,
    body: { code: 1120 },
  });
  expect((await send("DELETE", "/users/new%40example.com?action=disassociate")).status).toBe(204);
});

test("deleting a deactivated user is refused when told to", async () => {
  zoom.refuseDeletingDeactivated = true;
  const sam = zoom.addUser({ status: "inactive" });
  expect(await send("DELETE", `/users/${sam.id}?action=delete`)).toMatchObject({
    status: 400,
    body: { code: 200, message: expect.stringMatching(/^Unable to delete this deactivated user/) as string },
  });
  zoom.refuseDeletingDeactivated = false;
  expect((await send("DELETE", `/users/${sam.id}?action=delete`)).status).toBe(204);
});

test.each([
  ["to the same e-mail", "transfer_email=SAM%40example.com", {}, 400, 300],
  ["to nobody", "transfer_email=nobody%40example.com", {}, 404, 1001],
  ["of meetings to a Basic user", "transfer_email=basic%40example.com&transfer_meeting=true", {}, 400, 300],
  [
    "of events to somebody unlicensed",
    "transfer_email=heir%40example.com",
    { upcomingZoomEvents: true },
    400,
    300,
  ],
  ["of recordings to no address", "transfer_recording=true", {}, 400, 300],
  ["with a flag that is no boolean", "transfer_email=heir%40example.com&transfer_meeting=1", {}, 400, 300],
])("a transfer %s is refused", async (_what, query, pretend, status, code) => {
  const sam = zoom.addUser({ email: "sam@example.com", pretend });
  zoom.addUser({ email: "basic@example.com", type: 1 });
  zoom.addUser({ email: "heir@example.com" });
  const answer = await send("DELETE", `/users/${sam.id}?action=delete&${query}`);
  expect(answer).toMatchObject({ status, body: { code } });
  expect(zoom.users.has(sam.id)).toBe(true);
});

test("events go to a licensed heir", async () => {
  const sam = zoom.addUser({ pretend: { upcomingZoomEvents: true } });
  zoom.addUser({ email: "heir@example.com", pretend: { zoomEventsLicense: true } });
  const answer = await send("DELETE", `/users/${sam.id}?action=delete&transfer_email=heir%40example.com`);
  expect(answer.status).toBe(204);
});

test.each([
  ["an unknown action", "action=remove", "action"],
  ["a misspelt parameter", "action=delete&transferEmail=a%40example.com", "transferEmail"],
  ["an action given twice", "action=delete&action=disassociate", "action"],
])("a delete with %s is refused by field", async (_what, query, field) => {
  const sam = zoom.addUser();
  const answer = await send("DELETE", `/users/${sam.id}?${query}`);
  expect(answer).toMatchObject({ status: 400, body: { code: 300, errors: [{ field }] } });
  expect(zoom.users.has(sam.id)).toBe(true);
});

test("an encrypted address names a user only where the call says so, and a plain one then nobody", async () => {
  const { id, email } = zoom.addUser({ email: "sam@example.com" });
  const encrypted = encryptEmail(email);
  expect((await send("GET", `/users/${encrypted}`)).status).toBe(404);
  expect((await send("GET", "/users/sam%40example.com?encrypted_email=true")).status).toBe(404);
  expect(await send("GET", `/users/${encrypted}?encrypted_email=true`)).toMatchObject({ body: { id } });
  const remove = "action=delete&encrypted_email=true";
  expect((await send("DELETE", `/users/sam%40example.com?${remove}`)).status).toBe(404);
  expect((await send("DELETE", `/users/${encrypted}?${remove}`)).status).toBe(204);
  expect(zoom.users.has(id)).toBe(false);
});
