import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { signedIn, type Send } from "./vendor-client.ts";

const DAY = 86_400_000;

let zoom: ZoomSimulator;
let send: Send;
let sam: ZoomUser;
let now: number;

beforeEach(async () => {
  now = Date.parse("2026-03-01T09:00:00Z");
  zoom = await startZoomSimulator({
    rateLimits: false,
    clock: () => new Date(now),
    scopes: USER_ADMINISTRATION_SCOPES,
  });
  send = await signedIn(zoom);
  sam = zoom.addUser({ email: "sam@example.com", login_types: [100] });
});

afterEach(() => zoom.close());

const changeEmail = (email: string, user = sam.id) => send("PUT", `/users/${user}/email`, { email });
const changePassword = (password: string, user = sam.id) =>
  send("PUT", `/users/${user}/password`, { password });
const refusal = (code: number, status = 400) => ({ status, body: { code } });

test("a new address is the user's at once, or stays unconfirmed beside the old one", async () => {
  expect((await changeEmail("samira@example.com")).status).toBe(204);
  expect((await send("GET", `/users/${sam.id}`)).body).toMatchObject({ email: "samira@example.com" });
  zoom.confirmsEmail = true;
  expect((await changeEmail("sr@example.com")).status).toBe(204);
  expect((await send("GET", `/users/${sam.id}`)).body).toMatchObject({ email: "samira@example.com" });
  expect(sam.pretend.unconfirmedEmail).toBe("sr@example.com");
});

test("an address changes three times a day", async () => {
  for (const name of ["a", "b", "c"]) expect((await changeEmail(`${name}@example.com`)).status).toBe(204);
  expect(await changeEmail("d@example.com")).toMatchObject(refusal(429, 429));
  now += DAY;
  send = await signedIn(zoom);
  expect((await changeEmail("d@example.com")).status).toBe(204);
});

test("an address outside the managed domains, in use, or none at all is refused", async () => {
  expect(await changeEmail("sam@elsewhere.example")).toMatchObject(refusal(300));
  expect(await changeEmail(zoom.owner.email)).toMatchObject(refusal(1005, 409));
  expect(await changeEmail("sam")).toMatchObject(refusal(300));
  expect(await changeEmail(`${"x".repeat(120)}@example.com`)).toMatchObject(refusal(300));
});

test("the address of another administrator, or of anybody without the right, is not changed", async () => {
  const kim = zoom.addUser({ role_id: "1" });
  expect(await changeEmail("k@example.com", kim.id)).toMatchObject(refusal(1000));
  expect(await changeEmail("k@example.com", "nobody")).toMatchObject(refusal(1001, 404));
  zoom.onlyAdministratorsChangeUsers = true;
  expect(await changeEmail("s@example.com")).toMatchObject(refusal(200));
});

test("a password is changed, and neither the last nor one of those before comes back", async () => {
  for (const password of ["Sesame88", "Sesame99"]) expect((await changePassword(password)).status).toBe(204);
  expect(await changePassword("Sesame99")).toMatchObject(refusal(300));
  expect(await changePassword("Sesame88")).toMatchObject(refusal(1129));
});

test.each([
  [1124, "Ab3"],
  [1125, "48151623"],
  [1126, "SesameOpen"],
  [1127, "Sesame88"],
  [1128, "sesame88!"],
  [1130, "aaaaaaaa"],
  [1131, "Abcdef88!"],
  [1136, "Password88!"],
])("the account's rules refuse with 400/%i the password %s", async (code, password) => {
  zoom.passwordRules.specialCharacter = true;
  expect(await changePassword(password)).toMatchObject(refusal(code));
  expect(sam.pretend.passwords).toEqual([]);
});

test("a password changes only so often in a day", async () => {
  zoom.passwordRules.changesADay = 1;
  expect((await changePassword("Sesame88")).status).toBe(204);
  expect(await changePassword("Sesame99")).toMatchObject(refusal(300));
  now += DAY;
  send = await signedIn(zoom);
  expect((await changePassword("Sesame99")).status).toBe(204);
});

test("administrators, users of single sign-on and nobody have no password to change", async () => {
  const other = zoom.addUser({ login_types: [101] });
  expect(await changePassword("Sesame88", zoom.owner.id)).toMatchObject(refusal(1117));
  expect(await changePassword("Sesame88", other.id)).toMatchObject(refusal(1123));
  expect(await changePassword("Sesame88", "nobody")).toMatchObject(refusal(1001, 404));
  expect(await changePassword(`Sesame${"8".repeat(30)}`)).toMatchObject(refusal(300));
});
