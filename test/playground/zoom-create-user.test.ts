import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { signedIn, type Send } from "./vendor-client.ts";

const NOW = Date.parse("2026-03-01T09:00:00Z");
const EMAIL = "new@example.com";

let zoom: ZoomSimulator;
let send: Send;
let now: number;

beforeEach(async () => {
  now = NOW;
  zoom = await startZoomSimulator({
    rateLimits: false,
    plan: "free",
    clock: () => new Date(now),
    scopes: USER_ADMINISTRATION_SCOPES,
  });
  send = await signedIn(zoom);
});

afterEach(() => zoom.close());

const create = (user: object = {}, action = "create") =>
  send("POST", "/users", { action, user_info: { email: EMAIL, type: 2, ...user } });

const stranger = () => [...zoom.users.values()].find(({ email }) => email === EMAIL);

test("who is invited is pending, and shown without an id", async () => {
  const { status, body } = await create({ first_name: "Nia", last_name: "Ode" });
  expect(status).toBe(201);
  expect(body).toEqual({ id: body["id"], email: EMAIL, first_name: "Nia", last_name: "Ode", type: 2 });
  const shown = await send("GET", `/users/${encodeURIComponent(EMAIL)}`);
  expect(shown.body).toMatchObject({ status: "pending", first_name: "Nia", type: 2 });
  expect(shown.body).not.toHaveProperty("id");
});

test.each([
  ["autoCreate", 100],
  ["ssoCreate", 101],
  ["custCreate", 99],
])("with %s the user is there at once, with login type %i", async (action, loginType) => {
  expect((await create({}, action)).status).toBe(201);
  expect(stranger()).toMatchObject({ status: "active", login_types: [loginType] });
});

test("the password and Zoom Phone are kept, and never shown", async () => {
  await create({ password: "Sesame88!", feature: { zoom_phone: true, zoom_one_type: 64 } }, "autoCreate");
  expect(stranger()?.pretend).toMatchObject({ passwords: ["Sesame88!"], zoomPhone: true });
  const shown = await send("GET", `/users/${encodeURIComponent(EMAIL)}`);
  expect(shown.body).toMatchObject({ zoom_one_type: 64 });
  expect(JSON.stringify(shown.body)).not.toContain("Sesame88!");
});

test.each<[number, number, (vendor: ZoomSimulator) => unknown, object, string?]>([
  [400, 200, (vendor) => (vendor.mayCreateUsers = false), {}],
  [400, 300, () => {}, { password: "password" }, "autoCreate"],
  [400, 300, () => {}, { password: "Sesame88!" }],
  [400, 300, (vendor) => vendor.forbiddenWords.add("zoombie"), { first_name: "Zoombie" }],
  [
    400,
    300,
    () => {},
    { license_info_list: [{ license_type: "MEETING", license_option: 2, subscription_id: "S" }] },
  ],
  [400, 2002, (vendor) => (vendor.singleSignOn = false), {}, "ssoCreate"],
  [400, 2032, (vendor) => (vendor.preProvisioning = false), {}, "ssoCreate"],
  [400, 3412, (vendor) => (vendor.basicUserLimit = 0), { type: 1 }],
  [400, 2033, (vendor) => Object.assign(vendor, { basicUserLimit: 0, basicLimitCode: 2033 }), { type: 1 }],
  [400, 3412, (vendor) => (vendor.licences.licensed = 1), {}],
  [400, 2034, (vendor) => (vendor.licences.united = 1), { plan_united_type: "1" }],
  [400, 2038, (vendor) => (vendor.licences.workplace = 1), { feature: { zoom_one_type: 16 } }],
  [404, 1102, (vendor) => (vendor.licences.phone = 0), { feature: { zoom_phone: true } }],
  [409, 1005, (vendor) => vendor.addUser({ email: EMAIL.toUpperCase() }), {}],
])("it is refused with %i/%i", async (status, code, prepare, user, action) => {
  prepare(zoom);
  const before = zoom.users.size;
  expect(await create(user, action)).toMatchObject({ status, body: { code } });
  expect(zoom.users.size).toBe(before);
});

test.each([
  [400, 1000],
  [400, 1009],
  [400, 1107],
  [400, 1108],
  [400, 1116],
  [400, 2016],
  [400, 2035],
  [400, 2036],
  [400, 2037],
  [404, 4130],
  [400, 11321],
])("an address can be refused with %i/%i", async (status, code) => {
  zoom.refusedAddresses.set(EMAIL, code);
  const { status: answered, body } = await create();
  expect([answered, body["code"]]).toEqual([status, code]);
  expect(body["message"]).not.toContain("{");
});

test("a Free account invites 50 people a day: then 429 until a day after the first", async () => {
  zoom.invitations = Array.from({ length: 50 }, () => NOW);
  expect(await create()).toMatchObject({ status: 429, body: { code: 429 } });
  expect((await create({ email: "sso@example.com" }, "ssoCreate")).status).toBe(201);
  now += 86_400_000;
  send = await signedIn(zoom);
  expect((await create()).status).toBe(201);
});

test.each<[string, unknown]>([
  ["without an action", { user_info: { email: EMAIL, type: 1 } }],
  ["without the user", { action: "create" }],
  ["without a type", { action: "create", user_info: { email: EMAIL } }],
  ["with an unknown action", { action: "invite", user_info: { email: EMAIL, type: 1 } }],
  ["with an unknown type", { action: "create", user_info: { email: EMAIL, type: 3 } }],
  ["with an unknown field", { action: "create", user_info: { email: EMAIL, type: 1, admin: true } }],
  ["with no address", { action: "create", user_info: { email: "new", type: 1 } }],
  [
    "with too long a name",
    { action: "create", user_info: { email: EMAIL, type: 1, first_name: "x".repeat(65) } },
  ],
])("%s it is refused with 400/300", async (_how, body) => {
  expect(await send("POST", "/users", body)).toMatchObject({ status: 400, body: { code: 300 } });
});
