import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { signedIn, type Send } from "./vendor-client.ts";

let zoom: ZoomSimulator;
let send: Send;
let sam: ZoomUser;

beforeEach(async () => {
  zoom = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
  send = await signedIn(zoom);
  sam = zoom.addUser({ email: "sam@example.com" });
});

afterEach(() => zoom.close());

const update = (changes: object, userId = sam.id) => send("PATCH", `/users/${userId}`, changes);
const shown = async () => (await send("GET", `/users/${sam.id}`)).body;

test("what was changed is shown, and nothing else changes", async () => {
  const before = await shown();
  const changes = {
    first_name: "Samira",
    dept: "Security",
    job_title: "Analyst",
    manager: "kim@example.com",
    phone_numbers: [{ code: "+1", country: "US", label: "Office", number: "5550100" }],
    pmi: 1234567890,
    use_pmi: true,
    custom_attributes: [{ key: "k", name: "n", value: "v" }],
  };
  expect(await update(changes)).toMatchObject({ status: 204, body: {} });
  expect(await shown()).toEqual({ ...before, ...changes });
});

test("a group is added to the others, and a personal link ends in its name", async () => {
  sam.group_ids = ["staff"];
  await update({ group_id: "guards", vanity_name: "sams-room" });
  expect(await shown()).toMatchObject({
    group_ids: ["staff", "guards"],
    vanity_url: "https://example.zoom.us/my/sams-room",
  });
});

test("the host key, the about text, the LinkedIn address and Zoom Phone are taken and not shown", async () => {
  const before = await shown();
  await update({
    host_key: "123456",
    about_me: "Hello",
    linkedin_url: "https://www.linkedin.com/in/sam",
    feature: { zoom_phone: true },
  });
  expect(await shown()).toEqual(before);
  expect(sam.pretend).toMatchObject({ hostKey: "123456", aboutMe: "Hello", zoomPhone: true });
});

test("whoever becomes Basic has no plan any more, and a plan of none is gone", async () => {
  await update({ zoom_one_type: 0 });
  expect(await shown()).not.toHaveProperty("zoom_one_type");
  await update({ plan_united_type: "none" });
  expect(await shown()).not.toHaveProperty("plan_united_type");
  await update({ zoom_one_type: 32 });
  await update({ type: 1 });
  expect(await shown()).not.toHaveProperty("zoom_one_type");
});

test.each<[number, object, (vendor: ZoomSimulator, user: ZoomUser) => unknown]>([
  [200, { type: 1 }, (_vendor, user) => (user.pretend.isZoomRoom = true)],
  [200, { pmi: 1234567890 }, (_vendor, user) => (user.type = 99)],
  [200, { first_name: "Sam" }, (vendor) => (vendor.onlyAdministratorsChangeUsers = true)],
  [200, { host_key: "123456" }, (vendor) => (vendor.onlyAdministratorsChangeUsers = true)],
  [200, { pmi: 1234567890 }, (vendor) => (vendor.onlyAdministratorsChangeUsers = true)],
  [200, { vanity_name: "room" }, (vendor) => (vendor.onlyAdministratorsChangeUsers = true)],
  [300, { last_name: "Zoombie" }, (vendor) => vendor.forbiddenWords.add("zoombie")],
  [300, { type: 1 }, (_vendor, user) => (user.pretend.upcomingZoomEvents = true)],
  [300, { type: 2, zoom_one_type: 16 }, () => {}],
  [300, { about_me: "See https://example.com" }, () => {}],
  [300, { linkedin_url: "https://example.com/sam" }, () => {}],
  [300, { phone_number: "5550100" }, () => {}],
  [
    300,
    { license_info_list: [{ license_type: "MEETING", license_option: 2, subscription_id: "S" }] },
    () => {},
  ],
  [1109, { vanity_name: "room" }, (_vendor, user) => (user.type = 1)],
  [
    1120,
    { dept: "IT" },
    (_vendor, user) => {
      user.status = "pending";
      user.pretend.invitationExpired = true;
    },
  ],
  [2033, { type: 1 }, (vendor) => Object.assign(vendor, { basicUserLimit: 0, basicLimitCode: 2033 })],
  [2034, { plan_united_type: "2" }, (vendor) => (vendor.licences.united = 0)],
  [2038, { zoom_one_type: 16 }, (vendor) => (vendor.licences.workplace = 0)],
  [2039, { zoom_one_type: 0 }, (vendor) => (vendor.basicUserLimit = 0)],
  [3412, { type: 1 }, (vendor) => (vendor.basicUserLimit = 0)],
  [3412, { type: 2 }, (vendor) => (vendor.licences.licensed = 0)],
  [3412, { type: 4 }, (vendor) => (vendor.licences.unassigned = 0)],
  [4100, { vanity_name: "room" }, (vendor) => vendor.takenRooms.add("room")],
])("it is refused with 400/%i: %j", async (code, changes, prepare) => {
  prepare(zoom, sam);
  const before = structuredClone(sam);
  const address = sam.status === "pending" ? encodeURIComponent(sam.email) : sam.id;
  expect(await update(changes, address)).toMatchObject({ status: 400, body: { code } });
  expect(sam).toEqual(before);
});

test("the owner's type is not changed: 400/1108; nobody's is 404/1001", async () => {
  expect(await update({ type: 1 }, zoom.owner.id)).toMatchObject({ status: 400, body: { code: 1108 } });
  expect(await update({ dept: "IT" }, "nobody")).toMatchObject({ status: 404, body: { code: 1001 } });
});

test.each<[string, object]>([
  ["unknown", { admin: true }],
  ["too long", { company: "x".repeat(256) }],
  ["too short", { host_key: "12345" }],
  ["too many", { phone_numbers: Array.from({ length: 4 }, () => ({ number: "1" })) }],
  ["of no known kind", { phone_numbers: [{ number: "1", label: "Pager" }] }],
  ["of the wrong type", { use_pmi: "yes" }],
  ["no plan", { zoom_one_type: 17 }],
  ["no meeting id", { pmi: 12345 }],
])("a field that is %s is refused with 400/300", async (_how, changes) => {
  expect(await update(changes)).toMatchObject({ status: 400, body: { code: 300 } });
});
