import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emailOf, PEOPLE } from "../../playground/company.ts";
import { startOnCallSimulator, type OnCallSimulator } from "../../playground/on-call/server.ts";
import { press } from "./world/refused.ts";
import {
  ask,
  ended,
  eventually,
  noticeAfter,
  noticesTo,
  startWorld,
  threadOf,
  type World,
} from "./world/world.ts";

const SCHEDULE = { provider: "pagerduty", schedule: "PSECOPS" } as const;

let world: World;
let provider: OnCallSimulator;
beforeAll(async () => {
  provider = await startOnCallSimulator();
  const text = await readFile("playground/policy.yml", "utf8");
  const file = join(tmpdir(), `deadbolt-on-call-${process.pid}.yml`);
  await writeFile(
    file,
    text
      .replace(
        "roles:\n",
        [
          "on_call:",
          `  primary: { provider: pagerduty, schedule: ${SCHEDULE.schedule}, fallback: security }`,
          "roles:",
          "  on-duty:",
          "    members: { on_call: [primary] }",
          '    scopes: ["zoom:user:read:admin", "zoom:user:write:admin", "cloudflare:access:revoke"]',
          "",
        ].join("\n"),
      )
      .replace("approvers: [it-admins, security]", "approvers: [on-duty]"),
  );
  world = await startWorld({
    environment: {
      POLICY_FILE: file,
      PAGERDUTY_API_TOKEN: provider.credentials.pagerDutyToken,
      PAGERDUTY_API_URL: provider.pagerDutyUrl,
    },
  });
  provider.setOnCall(SCHEDULE, [emailOf("stranger").toUpperCase()]);
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

test("whoever is on call holds the role, and nobody else", async () => {
  const { requestId, root } = await ask(world);
  expect(await press(world, PEOPLE.approver.id, root)).toContain("You hold none of the roles");
  expect(await press(world, PEOPLE.stranger.id, root)).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");
  expect(threadOf(world, requestId)[0]).toContain("Approved by <@U0DANA> as on-duty.");
});

test("a change of shifts counts at the next click", async () => {
  const { requestId, root } = await ask(world, { target: "administrator" });
  provider.setOnCall(SCHEDULE, [emailOf("approver")]);
  expect(await press(world, PEOPLE.stranger.id, root)).toContain("You hold none of the roles");
  expect(await press(world, PEOPLE.approver.id, root)).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");
});

test.each(["500", "timeout", "reset", "html", "wrong_schedule"] as const)(
  "while the provider fails (%s) nobody is on call, and the fallback role stands in",
  async (failure) => {
    const { requestId, root } = await ask(world, { target: "guest" });
    provider.fail(failure);
    expect(await press(world, PEOPLE.approver.id, root)).toContain("You hold none of the roles");
    await press(world, PEOPLE.security.id, root);
    // Where the provider is slow, it is said first that the click is worked on.
    await eventually("the answer", () =>
      noticesTo(world, "security").includes("Your approval is recorded. The steps are starting."),
    );
    await ended(world, requestId);
    provider.fail(undefined);
    const explained = await noticeAfter(world, "requester", () =>
      world.company.slack.as(PEOPLE.requester.id).command("/deadbolt", "explain @alex zoom-offboard"),
    );
    expect(explained).toContain("on-duty (on call in primary)");
  },
);
