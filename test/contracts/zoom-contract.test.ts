import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import { createSender, requestToken, type Answer, type Send } from "../playground/vendor-client.ts";
import { findContract, startValidatingProxy, type ValidatingProxy } from "./validating-proxy.ts";

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
}

interface Contract {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: Schema }> }> }>
  >;
}

const contractFile = findContract("zoom-users.strict.openapi.json");

describe.skipIf(contractFile === undefined)("the pretend Zoom keeps to Zoom's contract", () => {
  let zoom: ZoomSimulator;
  let proxy: ValidatingProxy;
  let send: Send;

  beforeAll(async () => {
    zoom = await startZoomSimulator({ rateLimits: false, scopes: USER_ADMINISTRATION_SCOPES });
    proxy = await startValidatingProxy(contractFile ?? "", zoom.apiUrl);
    send = createSender(proxy.url, { authorization: `Bearer ${await requestToken(zoom)}` });
  });

  afterAll(async () => {
    await proxy?.close();
    await zoom?.close();
  });

  beforeEach(() => {
    zoom.calls.length = 0;
    zoom.clearFaults();
    zoom.statusAnswer = 204;
  });

  test("user", async () => {
    const sam = zoom.addUser({ email: "sam+work@example.com", employee_unique_id: "E-1" });
    expectForwarded(await send("GET", `/users/${sam.id}`), 200);
    expectForwarded(await send("GET", `/users/${encodeURIComponent(sam.email)}?login_type=101`), 200);
    expectForwarded(await send("GET", "/users/me"), 200);
    expectForwarded(await send("GET", "/users/nobody%40example.com"), 404);
    expectForwarded(await send("GET", `/users/${encodeURIComponent("a/../b")}`), 404);
  });

  test("users", async () => {
    zoom.addUser();
    zoom.addUser({ status: "pending" });
    const first = await send("GET", "/users?status=active&page_size=1");
    expectForwarded(first, 200);
    const token = String(first.body["next_page_token"]);
    expectForwarded(await send("GET", `/users?page_size=1&next_page_token=${token}`), 200);
    expectForwarded(await send("GET", "/users?status=pending&page_size=300&role_id=2"), 200);
    expectForwarded(await send("GET", "/users?next_page_token=stale"), 400);
  });

  test("userEmail", async () => {
    expectForwarded(await send("GET", "/users/email?email=sam%2Bwork%40example.com"), 200);
  });

  test.each([200, 204] as const)("userStatus, answered %i", async (status) => {
    zoom.statusAnswer = status;
    const path = `/users/${zoom.addUser().id}/status`;
    for (const action of ["deactivate", "activate", "clock_in", "clock_out"])
      expectForwarded(await send("PUT", path, { action }), status);
    expectForwarded(await send("PUT", "/users/me/status", { action: "deactivate" }), 400);
  });

  test("userSSOTokenDelete", async () => {
    expectForwarded(await send("DELETE", `/users/${zoom.addUser().id}/token`), 204);
    expectForwarded(await send("DELETE", "/users/nobody/token"), 404);
  });

  test("userDelete", async () => {
    zoom.addUser({ email: "heir@example.com" });
    const kinds = ["meeting", "webinar", "recording", "whiteboard", "clipfiles", "notes", "visitors", "docs"];
    const transfers = kinds.map((kind) => `transfer_${kind}=true`).join("&");
    const everything = `action=delete&encrypted_email=false&transfer_email=heir%40example.com&${transfers}`;
    expectForwarded(await send("DELETE", `/users/${zoom.addUser().id}?${everything}`), 204);
    expectForwarded(await send("DELETE", `/users/${zoom.addUser().id}?action=disassociate`), 204);
    expectForwarded(await send("DELETE", "/users/me?action=disassociate"), 400);
    expect(zoom.deletedUsers.at(-1)?.transfer?.kinds).toEqual(kinds);
  });

  test.each([
    ["status with an unknown field", "PUT", "/users/me/status", { action: "deactivate", reason: "left" }],
    ["status without a body", "PUT", "/users/me/status", undefined],
    ["status without an action", "PUT", "/users/me/status", {}],
    ["status with an unknown action", "PUT", "/users/me/status", { action: "suspend" }],
    ["delete with an unknown action", "DELETE", "/users/me?action=remove", undefined],
    ["delete with a flag that is none", "DELETE", "/users/me?transfer_meeting=yes", undefined],
    ["a list of an unknown status", "GET", "/users?status=deleted", undefined],
    ["a user of an unknown login type", "GET", "/users/me?login_type=5", undefined],
    ["the e-mail check without an e-mail", "GET", "/users/email", undefined],
  ])("the contract refuses %s, and so does the pretend Zoom", async (_what, method, path, body) => {
    const proxied = await send(method, path, body);
    expect(proxied.headers.get("content-type")).toContain("application/problem+json");
    expect(proxied.status).toBe(422);
    expect(zoom.calls).toEqual([]);
    const authorization = `Bearer ${await requestToken(zoom)}`;
    const direct = await createSender(zoom.apiUrl, { authorization })(method, path, body);
    expect([400, 415]).toContain(direct.status);
  });

  test.each([
    ["/users/me", { id: 7, type: 2 }],
    ["/users/me", { id: "x" }],
    ["/users", { users: [{ email: "sam@example.com", type: 2, status: "gone" }] }],
    ["/users/email?email=sam%40example.com", { existed_email: "yes" }],
  ])("the contract notices that %s answers %j", async (path, body) => {
    zoom.addFault({ kind: "answer", answer: { status: 200, body }, times: 1 });
    const answer = await send("GET", path);
    expect(answer.status).toBe(500);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  test("no answer has a field that the contract does not know", async () => {
    const contract = JSON.parse(readFileSync(contractFile ?? "", "utf8")) as Contract;
    const schemaOf = (path: string): Schema =>
      contract.paths[path]?.["get"]?.responses["200"]?.content?.["application/json"]?.schema ?? {};
    const sam = zoom.addUser({ employee_unique_id: "E-2" });
    const listed = (await send("GET", "/users?page_size=300")).body;
    expect(fieldsOf(schemaOf("/users"))).toEqual(expect.arrayContaining(Object.keys(listed)));
    const listedFields = fieldsOf(propertyOf(schemaOf("/users"), "users")?.items ?? {});
    for (const user of listed["users"] as object[])
      expect(listedFields).toEqual(expect.arrayContaining(Object.keys(user)));
    const single = (await send("GET", `/users/${sam.id}`)).body;
    expect(fieldsOf(schemaOf("/users/{userId}"))).toEqual(expect.arrayContaining(Object.keys(single)));
  });
});

function expectForwarded(answer: Answer, status: number): void {
  expect(answer.body).not.toHaveProperty("validation");
  expect(answer.headers.get("sl-violations")).toBeNull();
  expect(answer.status).toBe(status);
}

function fieldsOf(schema: Schema): string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.allOf ?? []).flatMap(fieldsOf)];
}

function propertyOf(schema: Schema, name: string): Schema | undefined {
  return schema.properties?.[name];
}
