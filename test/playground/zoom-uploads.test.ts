import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { requestToken, signedIn, type Send } from "./vendor-client.ts";

const MEGABYTE = 1024 * 1024;
const PNG = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1");
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

let zoom: ZoomSimulator;
let send: Send;
let authorization: string;
let sam: ZoomUser;

beforeEach(async () => {
  zoom = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
  send = await signedIn(zoom);
  authorization = `Bearer ${await requestToken(zoom)}`;
  sam = zoom.addUser();
});

afterEach(() => zoom.close());

async function upload(path: string, field: string, bytes: Uint8Array, user = sam.id) {
  const body = new FormData();
  body.set(field, new Blob([Uint8Array.from(bytes)], { type: "image/png" }), "file.png");
  const response = await fetch(`${zoom.apiUrl}/users/${user}/${path}`, {
    method: "POST",
    headers: { authorization },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const uploadPicture = (bytes: Uint8Array, user?: string) => upload("picture", "pic_file", bytes, user);
const uploadBackground = (bytes: Uint8Array, user?: string) =>
  upload("settings/virtual_backgrounds", "file", bytes, user);

test("a picture of either type is taken, shown and deleted", async () => {
  for (const bytes of [PNG, JPEG]) expect(await uploadPicture(bytes)).toEqual({ status: 201, body: {} });
  expect((await send("GET", `/users/${sam.id}`)).body["pic_url"]).toMatch(/^https:/);
  expect((await send("DELETE", `/users/${sam.id}/picture`)).status).toBe(204);
  expect((await send("GET", `/users/${sam.id}`)).body).not.toHaveProperty("pic_url");
});

test.each([
  ["no bytes", Buffer.alloc(0), "File is empty."],
  ["too many", Buffer.concat([PNG, Buffer.alloc(2 * MEGABYTE)]), "File size cannot exceed 2M."],
  ["those of a GIF", Buffer.from("GIF89a"), "Only jpg/jpeg or png image file can be uploaded."],
])("a picture with %s is refused: 400/120", async (_what, bytes, message) => {
  expect(await uploadPicture(bytes)).toEqual({ status: 400, body: { code: 120, message } });
  expect(sam.pic_url).toBeUndefined();
});

test("a picture can be taken for explicit, or be for administrators only to change", async () => {
  zoom.takesPicturesForExplicit = true;
  expect(await uploadPicture(PNG)).toMatchObject({ status: 400, body: { code: 300 } });
  zoom.onlyAdministratorsChangePictures = true;
  const refusal = {
    status: 400,
    body: { code: 200, message: "Only an account administrator can change a profile picture." },
  };
  expect(await uploadPicture(PNG)).toEqual(refusal);
  expect(await send("DELETE", `/users/${sam.id}/picture`)).toMatchObject(refusal);
});

test("a background is taken, shown among the settings and deleted", async () => {
  const { status, body } = await uploadBackground(JPEG);
  expect(status).toBe(201);
  expect(body).toEqual({ id: body["id"], name: "file.png", size: 3, type: "image", is_default: false });
  const settings = (await send("GET", `/users/${sam.id}/settings`)).body;
  expect(settings).toMatchObject({ in_meeting: { virtual_background_settings: { files: [body] } } });
  const path = `/users/${sam.id}/settings/virtual_backgrounds?file_ids=${String(body["id"])}`;
  expect((await send("DELETE", path)).status).toBe(204);
  const refusal = { status: 400, body: { code: 300, message: "Invalid parameter: file_ids" } };
  expect(await send("DELETE", path)).toMatchObject(refusal);
});

test("of several backgrounds all are deleted or none, and without a list none", async () => {
  const ids = [await uploadBackground(PNG), await uploadBackground(PNG)].map(({ body }) =>
    String(body["id"]),
  );
  const path = `/users/${sam.id}/settings/virtual_backgrounds`;
  for (const query of ["", "?file_ids=", `?file_ids=${ids[0]},nothing`])
    expect(await send("DELETE", path + query)).toMatchObject({ status: 400, body: { code: 300 } });
  expect(sam.pretend.backgrounds).toHaveLength(2);
  expect((await send("DELETE", `${path}?file_ids=${ids.join(",")}`)).status).toBe(204);
});

test.each([
  ["no bytes", Buffer.alloc(0), "No file uploaded, verify that a file has been uploaded."],
  ["too many", Buffer.concat([PNG, Buffer.alloc(15 * MEGABYTE)]), "File size cannot exceed 15M."],
  [
    "those of a video",
    Buffer.from("\0\0\0\u0018ftypmp42"),
    "Only jpg/jpeg, gif or png image file can be uploaded.",
  ],
])("a background with %s is refused: 400/120", async (_what, bytes, message) => {
  expect(await uploadBackground(bytes)).toEqual({ status: 400, body: { code: 120, message } });
});

test("an eleventh background is refused: 400/120", async () => {
  for (let one = 0; one < 10; one += 1) expect((await uploadBackground(PNG)).status).toBe(201);
  const message = "A maximum of 10 files are allowed for a user.";
  expect(await uploadBackground(PNG)).toEqual({ status: 400, body: { code: 120, message } });
});

test("nobody's picture is 404/1001, nobody's background 404, and backgrounds go by id only", async () => {
  expect(await uploadPicture(PNG, "nobody")).toMatchObject({ status: 404, body: { code: 1001 } });
  expect(await send("DELETE", "/users/nobody/picture")).toMatchObject({ status: 404, body: { code: 1001 } });
  for (const user of ["nobody", encodeURIComponent(sam.email)])
    expect(await uploadBackground(PNG, user)).toEqual({ status: 404, body: { message: "Not Found" } });
  const path = "/users/nobody/settings/virtual_backgrounds?file_ids=a";
  expect(await send("DELETE", path)).toMatchObject({ status: 404, body: { code: 1001 } });
});

test("what is no form, or a form with another part, is refused", async () => {
  const asJson = await send("POST", `/users/${sam.id}/picture`, { pic_file: "sam.png" });
  expect(asJson).toMatchObject({ status: 415, body: { code: 300 } });
  expect(await upload("picture", "file", PNG)).toMatchObject({ status: 400, body: { code: 300 } });
  const broken = await fetch(`${zoom.apiUrl}/users/${sam.id}/picture`, {
    method: "POST",
    headers: { authorization, "content-type": "multipart/form-data; boundary=x" },
    body: "--y",
  });
  expect(broken.status).toBe(400);
});
