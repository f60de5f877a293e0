import { afterAll, beforeAll, expect, test } from "vitest";
import {
  answerHtmlErrorPage,
  answerRedirect,
  answerResultFalse,
  answerSuccessFalse,
} from "../../playground/cloudflare/faults.ts";
import type { FaultKind } from "../../playground/fault.ts";
import { ALL_DONE, runStruck, type Strike, type Struck } from "./world/struck.ts";
import { startWorld, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { VENDOR_TIMEOUT_SECONDS: "1", READ_BACK_SECONDS: "1" } });
});
afterAll(async () => {
  await world.close();
});

const run = (strike: Strike) => runStruck(world, strike);
async function struckBy(kind: FaultKind, path = /revoke_user/): Promise<Struck> {
  try {
    return await run({ strike: () => world.company.cloudflare.addFault({ ...kind, path }) });
  } finally {
    world.company.cloudflare.clearFaults();
  }
}
const REVOKED_NOWHERE = {
  ...ALL_DONE,
  "revoke-cloudflare-account": "failed",
  "revoke-cloudflare-zone": "failed",
};

test.each([
  ["success:false with 200", answerSuccessFalse, { status: 200, code: 12500 }],
  ["a result of false", answerResultFalse, { status: 200 }],
  ["the HTML page of a proxy", answerHtmlErrorPage, { status: 502 }],
  ["an HTML page with 200", () => answerHtmlErrorPage(200), { status: 200 }],
  ["a redirect", () => answerRedirect(`${world.company.slack.url}/elsewhere`), { status: 307 }],
])("%s is a failure", async (_name, fault, facts) => {
  const { leaver, story } = await struckBy(fault());
  expect(story.outcomes).toEqual(REVOKED_NOWHERE);
  expect(story.state).toBe("partly_done");
  for (const id of ["revoke-cloudflare-account", "revoke-cloudflare-zone"])
    expect(story.steps[id]).toMatchObject(facts);
  expect(world.company.cloudflare.liveSessions(leaver.accessId)).not.toEqual([]);
  expect(world.company.slack.calls.some(({ request }) => request.path === "/elsewhere")).toBe(false);
});

test("a token without the permission is named with the permission that it lacks", async () => {
  const { cloudflare } = world.company;
  const permissions = [...cloudflare.permissions];
  cloudflare.permissions.splice(0, permissions.length, "Access: Audit Logs Read");
  const { story } = await run({});
  cloudflare.permissions.splice(0, cloudflare.permissions.length, ...permissions);
  expect(story.outcomes).toEqual(REVOKED_NOWHERE);
  expect(story.steps["revoke-cloudflare-account"]).toMatchObject({ status: 403, code: 10000 });
  expect(story.steps["revoke-cloudflare-account"]?.advice).toContain("Access: Organizations Revoke");
});

test("sessions that cannot be read back leave the revocation unverified", async () => {
  const { story } = await struckBy(answerHtmlErrorPage(), /active_sessions/);
  expect(story.outcomes).toEqual({ ...ALL_DONE, "revoke-cloudflare-account": "unverified" });
  expect(story.steps["revoke-cloudflare-account"]?.advice).toBeTruthy();
});

test("sessions that live on after the revocation leave it unverified", async () => {
  world.company.cloudflare.logoutMilliseconds = 600_000;
  const { story } = await run({});
  world.company.cloudflare.logoutMilliseconds = 0;
  expect(story.outcomes).toEqual({ ...ALL_DONE, "revoke-cloudflare-account": "unverified" });
  expect(story.state).toBe("partly_done");
});

test("a deactivation that Zoom accepts and does not show is unverified", async () => {
  world.company.zoom.propagationMilliseconds = 600_000;
  const { story } = await run({});
  world.company.zoom.propagationMilliseconds = 0;
  expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "unverified" });
  expect(story.steps["deactivate"]?.sentence).toContain("has not taken hold");
});

test("a person whom Access could not be asked about is revoked by e-mail, and not told as proven", async () => {
  world.company.cloudflare.addFault({ ...answerHtmlErrorPage(), path: /access\/users$/ });
  const { leaver, story } = await run({});
  world.company.cloudflare.clearFaults();
  expect(story.outcomes).toEqual({ ...ALL_DONE, "revoke-cloudflare-account": "accepted" });
  expect(story.steps["revoke-cloudflare-account"]?.sentence).toContain("cannot be read back");
  expect(world.company.cloudflare.liveSessions(leaver.accessId)).toEqual([]);
});
