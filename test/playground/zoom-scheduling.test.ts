import { afterEach, beforeEach, expect, test } from "vitest";
import { USER_ADMINISTRATION_SCOPES } from "../../playground/zoom/scopes.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../playground/zoom/server.ts";
import type { ZoomUser } from "../../playground/zoom/user.ts";
import { signedIn, type Send } from "./vendor-client.ts";

let zoom: ZoomSimulator;
let send: Send;
let sam: ZoomUser;
let kim: ZoomUser;

beforeEach(async () => {
  zoom = await startZoomSimulator({
    clock: () => new Date("2026-03-02T09:30:00Z"),
    rateLimits: false,
    scopes: USER_ADMINISTRATION_SCOPES,
  });
  send = await signedIn(zoom);
  sam = zoom.addUser();
  kim = zoom.addUser();
});

afterEach(() => zoom.close());

const add = (...assistants: object[]) => send("POST", `/users/${sam.id}/assistants`, { assistants });

test("whoever is made an assistant is listed, and schedules for the one who made them", async () => {
  const added = await add({ email: kim.email.toUpperCase() });
  expect(added).toMatchObject({ status: 201, body: { ids: kim.id, add_at: "2026-03-02T09:30:00Z" } });
  const assistants = [{ id: kim.id, email: kim.email, can_manage_host_private_event: false }];
  expect((await send("GET", `/users/${sam.id}/assistants`)).body).toEqual({ assistants });
  const schedulers = [{ id: sam.id, email: sam.email, pmi: sam.pmi }];
  expect((await send("GET", `/users/${kim.id}/schedulers`)).body).toEqual({ schedulers });
  expect((await send("GET", `/users/${sam.id}/schedulers`)).body).toEqual({ schedulers: [] });
});

test.each([
  [
    "somebody whom nobody knows",
    () => ({ email: "nobody@example.com" }),
    /^Can't find user nobody@example\.com\.$/,
  ],
  ["oneself", () => ({ id: sam.id }), /^Can't assign scheduling privilege to yourself\.$/],
  ["somebody without a licence", () => ({ id: zoom.addUser({ type: 1 }).id }), /Licensed user or an On-prem/],
])("%s cannot be an assistant: 400/200", async (_who, person, message) => {
  expect(await add({ id: kim.id }, person())).toMatchObject({
    status: 400,
    body: { code: 200, message: expect.stringMatching(message) as unknown },
  });
  expect(sam.pretend.assistants.size).toBe(0);
});

test("nobody is made an assistant twice, nor for a Basic user, nor in a free account", async () => {
  await add({ id: kim.id });
  const again = `User ${kim.id} has already granted scheduling privilege.`;
  expect((await add({ id: kim.id })).body).toEqual({ code: 200, message: again });
  sam.type = 1;
  const unlicensed = `The user must either be a Licensed user or an On-prem user : ${sam.id}.`;
  expect((await add({ id: kim.id })).body).toEqual({ code: 200, message: unlicensed });
  zoom.plan = "free";
  const unpaid = `Current account must be paid account: ${sam.id}`;
  expect((await add({ id: kim.id })).body).toEqual({ code: 200, message: unpaid });
});

test.each<[string, unknown]>([
  ["31", Array.from({ length: 31 }, () => ({ id: "kim" }))],
  ["none", []],
  ["text", "kim"],
  ["a nameless one", [{}]],
  ["an unknown field", [{ id: "kim", role: "chief" }]],
])("assistants of which there are %s are refused: 400/300", async (_what, assistants) => {
  const answer = await send("POST", `/users/${sam.id}/assistants`, { assistants });
  expect(answer).toMatchObject({ status: 400, body: { code: 300 } });
});

test("one assistant or all of them are removed", async () => {
  const lee = zoom.addUser();
  await add({ id: kim.id }, { id: lee.id, can_manage_host_private_event: true });
  expect((await send("DELETE", `/users/${sam.id}/assistants/${kim.id}`)).status).toBe(204);
  expect([...sam.pretend.assistants]).toEqual([[lee.id, true]]);
  const gone = { status: 404, body: { code: 1001, message: `User does not exist: ${kim.id}.` } };
  expect(await send("DELETE", `/users/${sam.id}/assistants/${kim.id}`)).toMatchObject(gone);
  for (let time = 0; time < 2; time += 1)
    expect((await send("DELETE", `/users/${sam.id}/assistants`)).status).toBe(204);
  expect(sam.pretend.assistants.size).toBe(0);
});

test("one or all for whom somebody schedules are removed", async () => {
  const lee = zoom.addUser();
  const ann = zoom.addUser();
  for (const host of [kim, lee, ann]) host.pretend.assistants.set(sam.id, false);
  expect((await send("DELETE", `/users/${sam.email}/schedulers/${kim.id}`)).status).toBe(204);
  expect(await send("DELETE", `/users/${sam.id}/schedulers/${kim.id}`)).toMatchObject({ status: 404 });
  expect((await send("DELETE", `/users/${sam.id}/schedulers`)).status).toBe(204);
  for (const host of [kim, lee, ann]) expect(host.pretend.assistants.has(sam.id)).toBe(false);
});

test("whoever is deleted is nobody's assistant any more", async () => {
  await add({ id: kim.id });
  await send("DELETE", `/users/${kim.id}?action=delete`);
  expect((await send("GET", `/users/${sam.id}/assistants`)).body).toEqual({ assistants: [] });
});

test.each(["GET", "POST", "DELETE"])("%s assistants and schedulers of nobody: 404/1001", async (method) => {
  const body = method === "POST" ? { assistants: [{ id: kim.id }] } : undefined;
  const paths = method === "POST" ? ["assistants"] : ["assistants", "schedulers"];
  for (const path of paths)
    expect(await send(method, `/users/nobody/${path}`, body)).toMatchObject({
      status: 404,
      body: { code: 1001, message: "User does not exist: nobody." },
    });
});

test("too many calls are 429/429, and faults strike these calls too", async () => {
  zoom.rateLimits = true;
  const answers = await Promise.all(
    Array.from({ length: 21 }, () => send("GET", `/users/${sam.id}/assistants`)),
  );
  expect(answers.filter(({ status }) => status === 429).map(({ body }) => body["code"])).toEqual([429]);
  zoom.rateLimits = false;
  zoom.addFault({ kind: "lostAnswer", method: "POST", path: /assistants$/, times: 1 });
  await expect(add({ id: kim.id })).rejects.toThrow("fetch failed");
  expect(sam.pretend.assistants.has(kim.id)).toBe(true);
});
