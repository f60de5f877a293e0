import { afterAll, beforeAll, expect, test } from "vitest";
import { addVictim, ALL_CLOSED, doorsAt, lockedOut, lockOut, openLockout } from "./world/locking-out.ts";
import { fillIn, openByCommand, textOf } from "./world/operation-steps.ts";
import { lastRefusalOf, refusalsOf } from "./world/refused.ts";
import { PEOPLE } from "../../playground/company.ts";
import {
  approve,
  ask,
  ended,
  eventsOf,
  eventually,
  openForm,
  rootOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

test("the help desk cannot activate somebody who is locked out: it is refused, and points to the release", async () => {
  const victim = addVictim(world);
  await lockedOut(world, await lockOut(world, victim));
  const form = await openByCommand(world, "requester", "/zoom", `update status @${victim.name}`);
  const refused = await fillIn(world, "requester", form, {
    reason: "They called and cannot sign in",
    "input.action": "activate",
  });
  expect(textOf(refused)).toContain("locked out");
  expect(textOf(refused)).toContain("/lockout release");
  expect(await lastRefusalOf(world, "requester")).toMatchObject({ rule: "only a release ends a lockout" });
  expect(doorsAt(world, victim)).toEqual(ALL_CLOSED);
});

test("nobody approves their own request by another account, under any address that either has had since", async () => {
  const { slack } = world.company;
  const second = slack.addUser({ id: "U0RILEY2", name: "riley2", email: "riley+adm@northwind.example" });
  slack.usergroups.get("S0IT")?.members.add(second.id);
  slack.signIn(second.id);
  const { requestId, root } = await ask(world);
  const riley = slack.users.get(PEOPLE.requester.id);
  if (riley === undefined) throw new Error("Riley is not in Slack.");
  const tried: [string | undefined, string][] = [
    ["riley+adm@northwind.example", "riley@northwind.example"],
    ["ri\u200Bley@northwind.example", "riley@northwind.example"],
    [undefined, "riley@northwind.example"],
    // The requester takes the address of the other account, and gives it back: both were seen.
    ["another@northwind.example", "another@northwind.example"],
    ["another@northwind.example", "riley@northwind.example"],
  ];
  for (const [index, [secondEmail, ownEmail]] of tried.entries()) {
    second.email = secondEmail;
    riley.email = ownEmail;
    await slack.as(second.id).click(root, "request_approve");
    await eventually("the refusal", async () => (await refusalsOf(world, second.id)).length === index + 1);
  }
  expect((await refusalsOf(world, second.id)).map(({ rule }) => rule)).toEqual([
    "nobody decides their own request",
    "nobody decides their own request",
    "only who is known to be somebody else decides",
    "nobody decides their own request",
    "nobody decides their own request",
  ]);
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

test("an executive who is named by an address that Slack does not know needs what executives need", async () => {
  const { slack, zoom } = world.company;
  zoom.addUser({ email: "eve.castell@private.example", first_name: "Eve", last_name: "Castell" });
  const view = await openForm(world, "requester", "eve.castell@private.example");
  await slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left the company" });
  const root = await eventually("the request", () => rootOf(world, view.id));
  expect(JSON.stringify(root.blocks)).toContain("2 different people with the role security");
  expect(JSON.stringify(root.blocks)).toContain("a mention in Slack settles it");
  await approve(world, view.id, "approver");
  expect(await storedRequest(world, view.id)).toMatchObject({ state: "pending" });
});

test("the last one besides the requester who may lock people out is guarded as the last administrator is", async () => {
  const { slack } = world.company;
  const view = await openLockout(world, "security", "@noor");
  expect(JSON.stringify(view.content.blocks)).toContain("LAST ADMINISTRATOR");
  const refused = await slack.as(PEOPLE.security.id).submit(view.id, {});
  expect(JSON.stringify(refused.body)).toContain("nobody else could release anybody");
  const members = slack.usergroups.get("S0SEC")?.members;
  members?.delete(PEOPLE.security.id);
  try {
    const form = await openForm(world, "requester", "@noor");
    await slack.as(PEOPLE.requester.id).submit(form.id, { reason: "Left" });
    await eventually("the refusal", async () =>
      (await refusalsOf(world, PEOPLE.requester.id)).some(({ reason }) => reason.includes("the last person")),
    );
  } finally {
    members?.add(PEOPLE.security.id);
  }
}, 20_000);

test("whoever is about to be locked out does nothing alone to the requester, who may lose their power and still get it", async () => {
  const { slack } = world.company;
  slack.usergroups.get("S0SEC")?.members.add(PEOPLE.administrator.id);
  // Riley asks for Noor's offboarding; Noor locks Riley out.
  const { requestId } = await ask(world, { target: "secondSecurity" });
  const counter = await lockOut(world, PEOPLE.requester, { by: "secondSecurity" });
  expect(await storedRequest(world, counter)).toMatchObject({ state: "pending" });
  // Owen falls for it, and Riley's request is taken over all the same.
  await approve(world, counter, "administrator");
  await lockedOut(world, counter);
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  await approve(world, requestId, "approver");
  expect(await ended(world, requestId)).toBe("done");
  const events = await eventsOf(world, requestId);
  expect(events.find(({ type }) => type === "request.taken_over")).toMatchObject({
    actor: PEOPLE.approver.id,
    data: { from: PEOPLE.requester.id },
  });
}, 60_000);
