import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import type { Delivery, OpenView } from "../../playground/slack/state.ts";
import { hold } from "./world/hold.ts";
import { lastRefusalOf, modalText, requestCount, vendorWrites } from "./world/refused.ts";
import {
  eventually,
  openForm,
  openViewOf,
  rootOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
/** Three people submit at the same time, so that the slowness is waited for once. */
let found: OpenView;
let unknown: OpenView;
let closed: OpenView;
let deliveries: Delivery[];

beforeAll(async () => {
  // Slack is patient here, so that a busy machine costs nothing: what matters is that Zoom has not answered yet.
  world = await startWorld({ acknowledgeWithin: 40_000 });
  const { slack, zoom } = world.company;
  found = await openForm(world, "requester", "@sam");
  unknown = await openForm(world, "approver", "nobody@northwind.example");
  closed = await openForm(world, "security", "@eve");
  const path = /\/v2\/users\//;
  const held = hold(zoom, { method: "GET", path, times: undefined });
  deliveries = await Promise.all([
    slack.as(PEOPLE.requester.id).submit(found.id, { reason: "Left the company" }),
    slack.as(PEOPLE.approver.id).submit(unknown.id, {
      reason: "Left <b>&",
      ticket: "https://tickets.example/7",
      revoke_cloudflare: [],
    }),
    slack.as(PEOPLE.security.id).submit(closed.id, { reason: "Left the company" }),
  ]);
  await slack.as(PEOPLE.security.id).closeView(closed.id);
  held.answer();
});
afterAll(async () => {
  expect(world.company.slack.mistakes).toEqual([]);
  expect(vendorWrites(world)).toEqual([]);
  await world.close();
});

test("before Zoom has answered, every window says that it is checking", () => {
  for (const { status, body } of deliveries) {
    expect(status).toBe(200);
    expect(body).toContain("Still checking: a service is slow.");
  }
});

test("the window turns into the receipt", async () => {
  await eventually("the receipt", () => modalText(world, "requester").startsWith("Request made\n"));
  expect(modalText(world, "requester")).toContain("Nothing has been done yet.");
  expect(await storedRequest(world, found.id)).toMatchObject({ state: "pending" });
  await eventually("the request's message", () => rootOf(world, found.id));
});

test("somebody who closed the window is told in private what became of it", async () => {
  const told = await eventually("the answer in private", () =>
    world.company.slack.messages.find(
      ({ channel, text }) => channel.startsWith("D") && text.startsWith("Your request"),
    ),
  );
  expect(told.text).toMatch(
    /^Your request “Offboard from Zoom” for \*Eve Castell\* is recorded, and is posted in <#C0OFFBOARD> as soon as Slack takes it\. It waits for approval:/,
  );
  expect(await storedRequest(world, closed.id)).toMatchObject({ state: "pending" });
});

test("where Zoom then knows nobody, the form comes back with everything that was typed", async () => {
  await eventually("the form", () => openViewOf(world, "approver")?.content.submit);
  expect(modalText(world, "approver")).toContain(
    "⚠️ Zoom knows no user with the e-mail nobody@northwind.example.",
  );
  const values = Object.fromEntries(
    Object.entries(unknown.state).map(([field, { value }]) => [
      field,
      value?.["value"] ?? value?.["selected_user"] ?? value?.["selected_options"],
    ]),
  );
  expect(values).toMatchObject({
    email: "nobody@northwind.example",
    reason: "Left <b>&",
    ticket: "https://tickets.example/7",
    revoke_cloudflare: [],
  });
  expect(await storedRequest(world, unknown.id)).toBeUndefined();
  expect(await lastRefusalOf(world, "approver")).toMatchObject({ asked: "nobody@northwind.example" });

  world.company.zoom.clearFaults();
  const requests = await requestCount(world);
  const { body } = await world.company.slack
    .as(PEOPLE.approver.id)
    .submit(unknown.id, { email: emailOf("target") });
  expect(body).toContain("Request made");
  expect(await requestCount(world)).toBe(requests + 1);
});
