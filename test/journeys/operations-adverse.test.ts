import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { fillIn, openByCommand, textOf } from "./world/operation-steps.ts";
import { png } from "./world/sample-picture.ts";
import {
  approve,
  ended,
  eventually,
  openViewOf,
  outcomesOf,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { VENDOR_TIMEOUT_SECONDS: "5" } });
});
afterAll(() => world.close());
beforeEach(() => {
  for (const vendor of [world.company.slack, world.company.zoom, world.company.cloudflare])
    vendor.clearFaults();
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);
const sam = () => {
  const user = [...world.company.zoom.users.values()].find(({ email }) => email === "sam@northwind.example");
  if (user === undefined) throw new Error("Sam is not at Zoom.");
  return user;
};

test("while Zoom cannot be asked no form opens, and the reason is said", async () => {
  world.company.zoom.addFault({ kind: "answer", answer: { status: 500, body: {} }, path: /users/ });
  const known = new Set(world.company.slack.views.keys());
  await sasha().command("/zoom", "update status @sam");
  const view = await eventually(
    "the refusal",
    () => {
      const now = openViewOf(world, "security");
      return now !== undefined && !known.has(now.id) && textOf(now).includes("could not be asked")
        ? now
        : undefined;
    },
    30_000,
  );
  expect(textOf(view)).toContain("Nothing was requested");
});

test("what is there now may be unreadable: the form opens, says so, and the change goes on", async () => {
  world.company.zoom.addFault({
    kind: "answer",
    answer: { status: 403, body: { code: 403 } },
    path: /presence_status/,
    method: "GET",
    times: 1,
  });
  const form = await openByCommand(world, "security", "/zoom", "update presence @sam");
  expect(textOf(form)).toContain("What is there now could not be read");
  expect(form.content.blocks.some((block) => block["block_id"] === "input.status")).toBe(true);
});

test("a slow vendor costs nobody what they typed: the window says that it checks, then shows the fault with all of it", async () => {
  const form = await openByCommand(world, "security", "/zoom", "update email @sam");
  world.company.zoom.addFault({ kind: "hang", path: /managed_domains/, times: 1 });
  const delivery = await sasha().submit(form.id, {
    reason: "Married",
    "input.email": "sam@elsewhere.example",
  });
  expect(JSON.stringify(delivery.body)).toContain("a service is slow");
  const again = await eventually(
    "the form again",
    () => {
      const now = world.company.slack.views.get(form.id);
      return now !== undefined && JSON.stringify(now.content.blocks).includes("elsewhere.example is no")
        ? now
        : undefined;
    },
    30_000,
  );
  expect(JSON.stringify(again.content.blocks)).toContain('"initial_value":"sam@elsewhere.example"');
  expect(JSON.stringify(again.content.blocks)).toContain('"initial_value":"Married"');
  expect(await storedRequest(world, form.id)).toBeUndefined();
});

test("a file that was swapped after the approval is not sent", async () => {
  const form = await openByCommand(world, "security", "/zoom", "picture upload @sam");
  const file = sasha().upload("sam.png", png());
  await fillIn(world, "security", form, { reason: "New picture", "input.picture": [file] });
  const root = await eventually("the request", () => rootOf(world, form.id));
  expect(JSON.stringify(root.blocks)).toContain("sam.png, 70 bytes");
  const before = sam().pic_url;
  await world.database.query(
    "update deadbolt.kept_input set sealed = reverse(sealed) where request_id = $1",
    [form.id],
  );
  await approve(world, form.id, "secondSecurity");
  expect(await ended(world, form.id)).toBe("failed");
  expect(threadOf(world, form.id).join("\n")).toContain("cannot be read any more");
  expect(sam().pic_url).toBe(before);
});

test("no other than a picture is taken, whatever its name says, and none that is too large", async () => {
  const form = await openByCommand(world, "security", "/zoom", "picture upload @sam");
  const script = sasha().upload("sam.png", Buffer.from("#!/bin/sh\necho no picture"));
  const refused = await sasha().submit(form.id, { reason: "New picture", "input.picture": [script] });
  expect(JSON.stringify(refused.body)).toContain("by its content no");
  const large = sasha().upload("large.png", Buffer.concat([png(), Buffer.alloc(3 * 1024 * 1024)]));
  const tooLarge = await sasha().submit(form.id, { reason: "New picture", "input.picture": [large] });
  expect(JSON.stringify(tooLarge.body)).toContain("larger than 2 MB");
  expect(await storedRequest(world, form.id)).toBeUndefined();
});

test("a power failure while a picture waits and runs loses nothing, and it is sent once", async () => {
  const form = await openByCommand(world, "security", "/zoom", "background upload @sam");
  const file = sasha().upload("beach.png", png());
  await fillIn(world, "security", form, { reason: "New background", "input.background": [file] });
  await eventually("the request", () => rootOf(world, form.id));
  await world.app().kill();
  await world.restart();
  world.company.zoom.addFault({ kind: "lostAnswer", path: /virtual_backgrounds/, method: "POST", times: 1 });
  await approve(world, form.id, "secondSecurity");
  expect(await ended(world, form.id)).toBe("done");
  expect(await outcomesOf(world, form.id)).toMatchObject({ change: "verified" });
  expect(sam().pretend.backgrounds.filter(({ name }) => name === "beach.png")).toHaveLength(1);
});

test("a window that was closed meanwhile hears of its request all the same", async () => {
  const form = await openByCommand(world, "security", "/zoom", "update email @sam");
  world.company.zoom.addFault({ kind: "hang", path: /managed_domains/, times: 1 });
  await sasha().submit(form.id, { reason: "Married", "input.email": "sam.new@northwind.example" });
  world.company.slack.views.delete(form.id);
  const told = await eventually(
    "a word in private",
    () =>
      world.company.slack.messages.find(
        ({ text }) =>
          text.includes("Change a Zoom user's e-mail address”") && text.includes("waits for approval"),
      ),
    30_000,
  );
  expect(told.text).toContain("Nothing has been done yet");
});
