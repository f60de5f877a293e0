import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE, type PersonName } from "../../playground/company.ts";
import { ask, eventually, noticesTo, startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

async function explain(by: PersonName, text: string): Promise<string> {
  const before = noticesTo(world, by).length;
  await world.company.slack.as(PEOPLE[by].id).command("/deadbolt", `explain ${text}`);
  return eventually(`an answer to ${by}`, () => noticesTo(world, by)[before]);
}

test("somebody with a role learns what they may do, through which group, and who must agree", async () => {
  const answer = await explain("requester", "@riley zoom-offboard");
  expect(answer).toContain(
    `<@${PEOPLE.requester.id}> :hourglass: may ask for this, and others must approve.`,
  );
  expect(answer).toContain("They hold it-admins (user group S0IT).");
  expect(answer).toContain("it-admins has zoom:user:write:admin");
  expect(answer).toContain("approvals[0]: One person with the role it-admins or security must approve");
});

test("of somebody who may not, the missing scope and who has it are named", async () => {
  const answer = await explain("security", "@dana zoom.user.delete");
  expect(answer).toContain(":no_entry: may not have this done.");
  expect(answer).toContain("They hold no role.");
  expect(answer).toContain("Roles that have it: it-admins, security.");
});

test("of an allow, a missing scope, a protected person and a lost role everything that has a part is told", async () => {
  expect(await explain("requester", "@sasha zoom.user.getToken")).toMatchInlineSnapshot(`
    "*Get a Zoom access key (ZAK) of a user*
    <@U0SASHA> :white_check_mark: may have this done, at once.
    • They hold security (user group S0SEC).
    • zoom.user.getToken: security has zoom:*, which covers zoom:user:read:token:admin.
    • approvals[4]: No approval is needed, because the request is zoom.user.getToken."
  `);
  expect(await explain("security", "@dana zoom.user.delete @sam")).toMatchInlineSnapshot(`
    "*Delete or disassociate a Zoom user*
    <@U0DANA> :no_entry: may not have this done.
    • They hold no role.
    • zoom.user.delete: missing, any one of zoom:user:delete:user:admin, zoom:user:write:admin.
    • Roles that have it: it-admins, security.
    • approvals[1]: 2 different people with the role security must approve within 8 hours, because zoom.user.delete is irreversible."
  `);
  expect(await explain("security", "@riley zoom.user.delete @eve")).toMatchInlineSnapshot(`
    "*Delete or disassociate a Zoom user*
    <@U0RILEY> :hourglass: may ask for this, and others must approve.
    • They hold it-admins (user group S0IT).
    • zoom.user.delete: it-admins has zoom:user:write:admin.
    • protected[0]: the policy protects whom it is about (user group S0EXEC), so more is asked for.
    • approvals[1]: 2 different people with the role security must approve within 8 hours, because zoom.user.delete is irreversible.
    • protected[0]: 2 different people with the role security must approve within 24 hours, because the policy protects this person."
  `);

  const { requestId } = await ask(world, { by: "requester", target: "target" });
  await world.database.query("update deadbolt.judgement set at = '2026-05-04T10:00:00Z' where id = $1", [
    requestId,
  ]);
  world.company.slack.addUsergroup({ id: "S0IT", handle: "it", name: "IT", users: [PEOPLE.approver.id] });
  const lost = await explain("security", "@riley zoom-offboard @sam");
  world.company.slack.addUsergroup({
    id: "S0IT",
    handle: "it",
    name: "IT",
    users: [PEOPLE.requester.id, PEOPLE.approver.id, PEOPLE.guest.id],
  });
  expect(lost).toMatchInlineSnapshot(`
    "*zoom-offboard*
    <@U0RILEY> :no_entry: may not have this done.
    • They hold no role.
    • On <!date^1777888800^{date_short_pretty} at {time_secs}|2026-05-04T10:00:00.000Z> they held it-admins (user group S0IT); they no longer do.
    • zoom.user.get: missing, any one of zoom:user:read:user:admin, zoom:user:read:admin, zoom:user:write:admin.
    • zoom.user.updateStatus: missing, any one of zoom:user:update:status:admin, zoom:user:write:admin.
    • zoom.user.revokeSsoToken: missing, any one of zoom:user:delete:token:admin, zoom:user:write:admin.
    • cloudflare.access.revokeUserInAccount: missing, any one of cloudflare:access:revoke.
    • cloudflare.access.revokeUserInZone: missing, any one of cloudflare:access:revoke.
    • Roles that have it: it-admins, security.
    • approvals[0]: One person with the role it-admins or security must approve within 24 hours, because the request is zoom-offboard."
  `);
});

test("about oneself, by an e-mail as well, the answer is no", async () => {
  const answer = await explain("requester", `@riley zoom-offboard ${emailOf("requester")}`);
  expect(answer).toContain(":no_entry: may not have this done.");
  expect(answer).toContain("It is about the person themselves");
});

test("a guest in the right group is told to hold no role", async () => {
  expect(await explain("security", "@gale zoom-offboard")).toContain("The account is a guest");
});

test("who holds no role may ask about themselves and about nobody else", async () => {
  expect(await explain("stranger", "@dana zoom-offboard")).toContain("They hold no role.");
  const refused = await explain("stranger", "@riley zoom-offboard");
  expect(refused).toContain("you can ask about yourself only");
  expect(refused).not.toContain("it-admins");
  const withTarget = await explain("stranger", "@dana zoom-offboard @eve");
  expect(withTarget).toContain("without naming whom it would be about");
  expect(withTarget).not.toContain("S0EXEC");
});

test("what is misspelt is asked back, and nothing is guessed", async () => {
  expect(await explain("requester", "@riley zoom.user.delte")).toContain("Did you mean zoom.user.delete?");
  expect(await explain("requester", "riley zoom-offboard")).toContain("about whom or what you ask");
  expect(await explain("requester", "@riley")).toContain("about whom or what you ask");
  expect(await explain("requester", "@riley zoom-offboard sam")).toContain("who “sam” is");
  expect(await explain("requester", "@riley zoom-offboard @sam @eve")).toContain(
    "about whom or what you ask",
  );
});

test("when Slack's directory is down nothing is told, and the answer is no", async () => {
  world.company.slack.addFault({
    kind: "answer",
    answer: { status: 200, body: { ok: false, error: "internal_error" } },
    path: /usergroups\.(users\.)?list/,
  });
  const answer = await explain("requester", "@riley zoom-offboard");
  world.company.slack.clearFaults();
  expect(answer).toContain("this is denied");
  expect(answer).not.toContain("it-admins");
});
