import { afterEach, beforeEach, expect, test } from "vitest";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { signedIn, type Send } from "./vendor-client.ts";

let zoom: ZoomSimulator;
let send: Send;
let sam: ZoomUser;
let now: number;

beforeEach(async () => {
  now = Date.parse("2026-03-01T09:00:00Z");
  zoom = await startZoomSimulator({
    rateLimits: false,
    clock: () => new Date(now),
    scopes: ["user:read:admin", "user:write:admin", "user_zak:read"],
  });
  send = await signedIn(zoom);
  sam = zoom.addUser({ email: "sam@example.com" });
});

afterEach(() => zoom.close());

test("a token is new each time, and kept with its user; without a type it is a sentence", async () => {
  const path = `/users/${sam.id}/token`;
  const first = (await send("GET", `${path}?type=zak&ttl=600`)).body["token"];
  const second = (await send("GET", `${path}?type=onbehalf&meeting_id=81234567890`)).body["token"];
  expect(sam.pretend.accessKeys).toEqual([first, second]);
  expect(first).not.toBe(second);
  expect((await send("GET", path)).body["token"]).toContain("no longer supported");
});

test.each(["?type=jwt", "?type=zak&ttl=0", "?type=zak&ttl=31536001", "?type=zak&meeting_id=8", "?for=me"])(
  "a token is refused with 400/300 for %s",
  async (query) => {
    const answer = await send("GET", `/users/${sam.id}/token${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 300 } });
  },
);

test("nobody has no token: 404/1001; an address that is none is 400/2300, an old access token 401/124", async () => {
  expect(await send("GET", "/users/nobody/token?type=zak")).toMatchObject({
    status: 404,
    body: { code: 1001 },
  });
  expect(await send("GET", "/users/zak/token")).toMatchObject({ status: 400, body: { code: 2300 } });
  zoom.expireTokens();
  expect(await send("GET", `/users/${sam.id}/token`)).toMatchObject({ status: 401, body: { code: 124 } });
});

test("the ZAK is the owner's, nobody else's, and needs a scope of its own", async () => {
  const { token } = (await send("GET", "/users/me/zak")).body;
  expect(zoom.owner.pretend.accessKeys).toEqual([token]);
  expect(await send("GET", `/users/${zoom.owner.id}/zak`)).toMatchObject({ body: { code: 2300 } });
  zoom.users.delete(zoom.owner.id);
  expect(await send("GET", "/users/me/zak")).toMatchObject({ status: 400, body: { code: 1001 } });
  const other = await startZoomSimulator({ rateLimits: false, scopes: ["user:read:admin"] });
  try {
    expect(await (await signedIn(other))("GET", "/users/me/zak")).toMatchObject({ body: { code: 4711 } });
  } finally {
    await other.close();
  }
});

test("administrators have permissions, members none, and nobody is 404/1001", async () => {
  const owner = (await send("GET", `/users/${zoom.owner.id}/permissions`)).body["permissions"];
  expect(owner).toContain("User:Edit");
  expect((await send("GET", `/users/${sam.id}/permissions`)).body).toEqual({ permissions: [] });
  expect((await send("GET", "/users/nobody/permissions")).body).toMatchObject({ code: 1001 });
});

test("a personal room exists in this account or in another, or does not; without a name 400/300", async () => {
  sam.vanity_url = "https://example.zoom.us/my/sam";
  zoom.takenRooms.add("elsewhere");
  const check = async (query: string) => (await send("GET", `/users/vanity_name${query}`)).body;
  expect(await check("?vanity_name=sam")).toEqual({ existed: true });
  expect(await check("?vanity_name=elsewhere")).toEqual({ existed: true });
  expect(await check("?vanity_name=free")).toEqual({ existed: false });
  expect(await check("")).toMatchObject({ code: 300, message: "Vanity name is required." });
});

const setPresence = (body: object, user = sam.id) => send("PUT", `/users/${user}/presence_status`, body);
const presence = async () => (await send("GET", `/users/${sam.id}/presence_status`)).body;

test("a presence is shown, and do not disturb ends by itself", async () => {
  expect(await presence()).toEqual({ status: "Available" });
  expect((await setPresence({ status: "Do_Not_Disturb", duration: 5 })).status).toBe(204);
  expect(await presence()).toEqual({ status: "Do_Not_Disturb" });
  now += 5 * 60_000;
  expect(await presence()).toEqual({ status: "Available" });
  expect((await setPresence({ status: "Away" })).status).toBe(204);
  now += 50 * 60_000;
  expect(await presence()).toEqual({ status: "Away" });
});

test("a presence changes once a minute", async () => {
  await setPresence({ status: "Away" });
  now += 59_999;
  expect(await setPresence({ status: "Busy" })).toMatchObject({ status: 429, body: { code: 429 } });
  now += 1;
  expect((await setPresence({ status: "Busy" })).status).toBe(204);
});

test("a presence is out of reach without a client, where it is hidden, and of nobody", async () => {
  expect(await setPresence({ status: "Away" }, "nobody")).toMatchObject({
    status: 404,
    body: { code: 1001 },
  });
  sam.pretend.isInClient = false;
  expect(await setPresence({ status: "Away" })).toMatchObject({ status: 400, body: { code: 5301 } });
  expect(await presence()).toMatchObject({ code: 5301 });
  sam.pretend.presenceHidden = true;
  expect(await setPresence({ status: "Away" })).toMatchObject({ status: 400, body: { code: 5411 } });
  expect(await presence()).toMatchObject({ code: 5411 });
});

test.each([
  {},
  { status: "Asleep" },
  { status: "Away", duration: 5 },
  { status: "Do_No_Disturb", duration: 1441 },
  { status: "Do_Not_Disturb", duration: "5" },
])("the presence %j is refused with 400/300", async (body) => {
  expect(await setPresence(body)).toMatchObject({ status: 400, body: { code: 300 } });
});

test("either spelling of do not disturb can be the only one", async () => {
  zoom.doNotDisturb = ["Do_No_Disturb"];
  expect(await setPresence({ status: "Do_Not_Disturb" })).toMatchObject({ body: { code: 300 } });
  expect((await setPresence({ status: "Do_No_Disturb" })).status).toBe(204);
});
