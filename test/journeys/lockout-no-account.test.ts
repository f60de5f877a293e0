import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import {
  addVictim,
  ALL_CLOSED,
  doorsAt,
  lockedOut,
  lockOut,
  openLockout,
  press,
  type Victim,
} from "./world/locking-out.ts";
import { eventsOf, eventually, rootOf, startWorld, threadOf, type World } from "./world/world.ts";

let world: World;
/** Someone whose address at Zoom is another one than at Slack and Access. */
let renamed: { victim: Victim; zoomEmail: string };
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("lockout-no-account") } });
  const victim = addVictim(world);
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  user.email = victim.email.replace("northwind", "world");
  renamed = { victim, zoomEmail: user.email };
});
afterAll(async () => {
  expect(world.company.slack.mistakes).toEqual([]);
  await world.close();
});

test("no Zoom account is said in form and verdict, and is Locked only once a responder confirms that", async () => {
  const victim = addVictim(world);
  world.company.zoom.users.delete(victim.zoomId);
  const missing = `Locked at Cloudflare. No Zoom account under ${victim.email}`;
  const view = await openLockout(world, "security", `@${victim.name}`);
  const form = JSON.stringify(view.content.blocks);
  expect(form).toContain(missing);
  expect(form).not.toContain("It will hold*");

  const requestId = await lockOut(world, victim);
  const { state, sentence } = await lockedOut(world, requestId);
  expect(state).not.toBe("failed");
  expect(sentence).toContain(missing);
  await eventually("its verdict in the message", () =>
    JSON.stringify(rootOf(world, requestId)?.blocks).includes(missing),
  );
  expect(threadOf(world, requestId).join("\n")).toContain(`asked for. No Zoom account under ${victim.email}`);

  await press(world, "security", requestId, "lockout_no_zoom");
  await eventually("the new verdict", () =>
    JSON.stringify(rootOf(world, requestId)?.blocks).includes("*Locked."),
  );
  const events = await eventsOf(world, requestId);
  expect(events.find(({ type }) => type === "account.ruled_out")?.data).toEqual({
    vendor: "zoom",
    addresses: [victim.email],
  });
  expect(events.findLast(({ type }) => type === "lockout.judged")?.data["verdict"]).toBe("locked");
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("lockout_no_zoom");
});

const sasha = () => world.company.slack.as(PEOPLE.security.id);

/** What a form offers, by what it is called. */
function offered(viewId: string): { label: string; value: string }[] {
  const blocks = world.company.slack.views.get(viewId)?.content.blocks ?? [];
  const element = blocks.find(({ block_id: id }) => id === "candidate")?.["element"] as
    | { options: { text: { text: string }; value: string }[] }
    | undefined;
  return (element?.options ?? []).map(({ text, value }) => ({ label: text.text, value }));
}

test("a misspelt address is asked about again, with near matches, and locks nobody out", async () => {
  const victim = addVictim(world);
  const typed = victim.email.replace(".example", ".exmaple");
  const view = await openLockout(world, "security", typed);
  const text = JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks);
  expect(text).toContain("Nobody with this address was found");
  expect(text).not.toContain("It will hold");
  const match = offered(view.id).find(({ label }) => label.includes(victim.email));
  expect(match).toBeDefined();

  const answer = await sasha().submit(view.id);
  expect(JSON.stringify(answer)).toContain("Nobody with this address was found");
  expect(JSON.stringify(answer)).toContain(victim.email);
  expect(rootOf(world, view.id)).toBeUndefined();
  const list = [...world.company.cloudflare.gatewayLists.values()].flatMap(({ items }) => items);
  expect(list.map(({ value }) => value)).not.toContain(typed);

  await sasha().change(view.id, "candidate", match?.value ?? "");
  await eventually("the person who was chosen", () =>
    JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks).includes("It will hold"),
  );
  await sasha().submit(view.id);
  await eventually("the lockout's message", () => rootOf(world, view.id));
  await lockedOut(world, view.id);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});

test("a Slack account whose Zoom address is another one is bound to it by choosing, and all of it is locked", async () => {
  const { victim, zoomEmail } = renamed;
  const view = await openLockout(world, "security", `@${victim.name}`);
  const match = offered(view.id).find(({ label }) => label.includes(zoomEmail));
  await sasha().change(view.id, "candidate", match?.value ?? "");
  await eventually("the bound person", () =>
    JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks).includes("It will hold"),
  );
  await sasha().submit(view.id);
  await eventually("the lockout's message", () => rootOf(world, view.id));
  const { sentence } = await lockedOut(world, view.id);
  expect(sentence).toMatch(/^Locked\./);
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
  const events = await eventsOf(world, view.id);
  expect(events.find(({ type }) => type === "account.bound")).toMatchObject({
    actor: PEOPLE.security.id,
    data: { slackId: victim.slackId, email: zoomEmail },
  });
});

test.each(["revokeUserInAccount", "revokeUserInZone"])(
  "%s of an address that Access does not know says so before it asks for anything",
  async (verb) => {
    const known = new Set(world.company.slack.views.keys());
    await sasha().command("/cloudflare", `access ${verb} nobody@northwind.example`);
    const view = await newViewOf(world, "security", known);
    await eventually("the warning", () =>
      JSON.stringify(world.company.slack.views.get(view.id)?.content.blocks).includes(
        "Cloudflare Access knows nobody under nobody@northwind.example",
      ),
    );
  },
);
