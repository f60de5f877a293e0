import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import {
  approve,
  ask,
  ended,
  eventsOf,
  eventually,
  messageIdsOf,
  openForm,
  outcomesOf,
  rootOf,
  startWorld,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

function vendorCalls(): string[] {
  const { zoom, cloudflare } = world.company;
  return [...zoom.calls, ...cloudflare.calls]
    .toSorted((left, right) => left.at.getTime() - right.at.getTime())
    .map(({ request }) => `${request.method} ${request.path} ${JSON.stringify(request.body ?? {})}`);
}

test("an offboarding goes from the command to the proven end, driven only by signed requests", async () => {
  const { slack, zoom, cloudflare } = world.company;
  const sam = [...zoom.users.values()].find((user) => user.email === emailOf("target"));
  const accessUser = [...cloudflare.accessUsers.values()].find((user) => user.email === emailOf("target"));
  if (sam === undefined || accessUser === undefined) throw new Error("Sam is missing.");

  const view = await openForm(world, "requester", "@sam");
  expect(view.state["person"]?.["value"]).toMatchObject({ selected_user: PEOPLE.target.id });

  await slack.as(PEOPLE.requester.id).submit(view.id, { reason: "Left the company" });
  const root = await eventually("the request's message", () => rootOf(world, view.id));
  expect(root.channel).toBe(world.company.environment["DEADBOLT_CHANNEL"]);
  const shown = JSON.stringify(root.blocks);
  expect(shown).toContain("Deactivate the Zoom user");
  expect(shown).toContain("One person with the role it-admins or security must approve");
  expect(vendorCalls().some((call) => call.startsWith("PUT"))).toBe(false);

  await approve(world, view.id, "approver");
  expect(await ended(world, view.id)).toBe("done");

  const calls = vendorCalls();
  const position = (start: string) => calls.findIndex((call) => call.startsWith(start));
  const deactivated = position(`PUT /v2/users/${sam.id}/status {"action":"deactivate"}`);
  const tokenRevoked = position(`DELETE /v2/users/${sam.id}/token`);
  expect(deactivated).toBeGreaterThan(0);
  expect(tokenRevoked).toBeGreaterThan(deactivated);
  const account = cloudflare.credentials.accountId;
  expect(position(`POST /client/v4/accounts/${account}/access/organizations/revoke_user`)).toBeGreaterThan(0);
  for (const zone of cloudflare.credentials.zoneIds)
    expect(
      position(
        `POST /client/v4/zones/${zone}/access/organizations/revoke_user ${JSON.stringify({ email: emailOf("target") })}`,
      ),
    ).toBeGreaterThan(0);
  expect(calls.slice(deactivated).some((call) => call.startsWith(`GET /v2/users/${sam.id} `))).toBe(true);
  expect(
    position(`GET /client/v4/accounts/${account}/access/users/${accessUser.id}/active_sessions`),
  ).toBeGreaterThan(0);

  expect(sam.status).toBe("inactive");
  expect(sam.pretend.ssoSessions).toBe(0);
  expect(cloudflare.liveSessions(accessUser.id)).toEqual([]);

  expect(await outcomesOf(world, view.id)).toEqual({
    snapshot: "verified",
    deactivate: "verified",
    "revoke-sso-token": "accepted",
    "revoke-cloudflare-account": "verified",
    "revoke-cloudflare-zone": "accepted",
  });
  const thread = threadOf(world, view.id);
  expect(thread.filter((line) => line.includes(":white_check_mark: verified"))).toHaveLength(3);
  expect(thread.filter((line) => line.includes(":ballot_box_with_check: accepted"))).toHaveLength(2);
  expect(thread.at(-1)).toContain("3 of 5 steps verified");
  expect(root.text).toContain("Done");
  expect(JSON.stringify(root.blocks)).not.toContain("request_approve");
  const direct = slack.messages.find(({ text }) => text.startsWith("Your request"));
  expect(direct?.channel).toMatch(/^D/);
  expect(direct?.text).toContain("Your request “Offboard from Zoom” for *Sam Rivers*");

  const ids = messageIdsOf(world, view.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await eventsOf(world, view.id)).map((event) => event.type)).toEqual(
    expect.arrayContaining([
      "request.created",
      "decision.made",
      "request.approved",
      "run.started",
      "run.finished",
    ]),
  );
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
  expect(slack.mistakes).toEqual([]);
});

test("every vendor call has its audit row before it leaves", async () => {
  const { requestId } = await ask(world, { target: "stranger" });
  await approve(world, requestId, "approver");
  await ended(world, requestId);
  const { rows } = await world.database.query<{ at: Date; operation: string }>(
    "select at, data->>'operation' as operation from deadbolt.audit_event where request_id = $1 and type = 'step.started'",
    [requestId],
  );
  const put = world.company.zoom.calls.findLast((call) => call.request.method === "PUT");
  const row = rows.find(({ operation }) => operation === "zoom.user.updateStatus");
  expect(row?.at.getTime()).toBeLessThanOrEqual(put?.at.getTime() ?? 0);
});
