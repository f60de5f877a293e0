import { afterEach, beforeEach, expect, test } from "vitest";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { signedIn, type Send } from "./vendor-client.ts";

let zoom: ZoomSimulator;
let send: Send;

beforeEach(async () => {
  zoom = await startZoomSimulator({
    rateLimits: false,
    scopes: ["role:read:admin", "role:write:admin", "user:read:admin", "user:write:admin"],
  });
  send = await signedIn(zoom);
});

afterEach(() => zoom.close());

test("roles are listed with how many have them", async () => {
  zoom.addUser({ role_id: "1" });
  zoom.roles.set("desk", { name: "Help desk", description: "" });
  const { status, body } = await send("GET", "/roles");
  expect(status).toBe(200);
  expect(body).toMatchObject({
    total_records: 4,
    roles: [
      { id: "0", name: "Owner", total_members: 1 },
      { id: "1", name: "Admin", total_members: 1 },
      { id: "2", name: "Member", total_members: 0 },
      { id: "desk", name: "Help desk", total_members: 0 },
    ],
  });
});

test("the members of a role come in pages", async () => {
  for (const letter of ["a", "b", "c"]) zoom.addUser({ email: `${letter}@example.com`, role_id: "1" });
  const first = (await send("GET", "/roles/1/members?page_size=2")).body;
  expect(first).toMatchObject({ total_records: 3, members: [{ email: "a@example.com" }, {}] });
  const second = await send("GET", `/roles/1/members?next_page_token=${String(first["next_page_token"])}`);
  expect(second.body).toMatchObject({ next_page_token: "", members: [{ email: "c@example.com" }] });
});

test("an administrator without the role can be deactivated, and no earlier", async () => {
  const sam = zoom.addUser({ role_id: "1" });
  const deactivate = () => send("PUT", `/users/${sam.id}/status`, { action: "deactivate" });
  expect(await deactivate()).toMatchObject({ status: 400, body: { code: 200 } });
  expect((await send("DELETE", `/roles/1/members/${sam.id}`)).status).toBe(204);
  const shown = (await send("GET", `/users/${sam.id}`)).body;
  expect(shown).toMatchObject({ role_id: "2", role_name: "Member" });
  expect((await deactivate()).status).toBe(204);
});

test("a role that does not exist is 400/1034", async () => {
  const refusal = { status: 400, body: { code: 1034, message: "Provided `role_id` does not exist." } };
  expect(await send("GET", "/roles/none/members")).toMatchObject(refusal);
  expect(await send("DELETE", `/roles/none/members/${zoom.owner.id}`)).toMatchObject(refusal);
});

test("whoever does not have the role is 404, also by address", async () => {
  const sam = zoom.addUser();
  const kim = zoom.addUser({ role_id: "1" });
  for (const member of [sam.id, "nobody", encodeURIComponent(kim.email)])
    expect(await send("DELETE", `/roles/1/members/${member}`)).toMatchObject({
      status: 404,
      body: { message: "Not Found" },
    });
  expect(kim.role_id).toBe("1");
});

test("nobody is taken out of the owner's or the members' role: 400/300", async () => {
  for (const role of ["0", "2"])
    expect(await send("DELETE", `/roles/${role}/members/${zoom.owner.id}`)).toMatchObject({
      status: 400,
      body: { code: 300 },
    });
});

test("without the scope for roles they are 400/4700", async () => {
  const own = await startZoomSimulator({ rateLimits: false });
  try {
    const answer = await (await signedIn(own))("GET", "/roles");
    expect(answer).toMatchObject({ status: 400, body: { code: 4700 } });
  } finally {
    await own.close();
  }
});
