import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { signedIn, type Send } from "./vendor-client.ts";

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

function emailsOf(body: Record<string, unknown>): string[] {
  return (body["users"] as { email: string }[]).map(({ email }) => email);
}

test("a listing shows one status, active by default", async () => {
  zoom.addUser({ email: "left@example.com", status: "inactive" });
  zoom.addUser({ email: "new@example.com", status: "pending" });
  expect(emailsOf((await send("GET", "/users")).body)).toEqual(["owner@example.com"]);
  expect(emailsOf((await send("GET", "/users?status=inactive")).body)).toEqual(["left@example.com"]);
  const pending = (await send("GET", "/users?status=pending")).body;
  expect(emailsOf(pending)).toEqual(["new@example.com"]);
  expect((pending["users"] as object[])[0]).not.toHaveProperty("id");
  expect(emailsOf((await send("GET", "/users?role_id=2")).body)).toEqual([]);
});

test("pages follow one another by token until the token is empty", async () => {
  for (const letter of ["a", "b", "c", "d", "e"]) zoom.addUser({ email: `${letter}@example.com` });
  const seen: string[] = [];
  let token = "";
  do {
    const { body } = await send("GET", `/users?page_size=2&next_page_token=${token}`);
    expect(body).toMatchObject({ page_count: 3, page_size: 2, total_records: 6 });
    seen.push(...emailsOf(body));
    token = String(body["next_page_token"]);
  } while (token !== "");
  expect(seen).toEqual(
    ["a", "b", "c", "d", "e"].map((letter) => `${letter}@example.com`).concat("owner@example.com"),
  );
});

test("a page token lives for 15 minutes and for its own question only", async () => {
  zoom.addUser();
  const { body } = await send("GET", "/users?page_size=1");
  const token = String(body["next_page_token"]);
  const refusal = { status: 400, body: { code: 300, message: "The next page token is invalid or expired." } };
  expect(await send("GET", `/users?status=inactive&next_page_token=${token}`)).toMatchObject(refusal);
  now = new Date(now.getTime() + 15 * 60_000 - 1);
  expect((await send("GET", `/users?page_size=1&next_page_token=${token}`)).status).toBe(200);
  now = new Date(now.getTime() + 1);
  expect(await send("GET", `/users?page_size=1&next_page_token=${token}`)).toMatchObject(refusal);
});

test.each(["page_size=0", "page_size=301", "page_size=ten", "status=deleted", "stats=active"])(
  "a listing with %s is refused",
  async (query) => {
    expect(await send("GET", `/users?${query}`)).toMatchObject({ status: 400, body: { code: 300 } });
  },
);
