import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "../../src/cli/run-command.ts";
import { insertRequest } from "../../src/request/store.ts";
import { insertSuspension, isSuspended } from "../../src/request/suspension-store.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";
import { samplePlan } from "../workflow/sample-plan.ts";

const at = new Date(Date.UTC(2026, 5, 1, 12));
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase();
  await insertRequest(fresh.database, {
    id: "V0LOCKOUT",
    playbook: "lockout",
    requester: { id: "U0SEC" },
    plan: samplePlan(),
    state: "done",
    decision: { kind: "allowed", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: null,
    nextDeadline: null,
    decidedAt: at,
    startedAt: at,
    finishedAt: at,
    attempt: 0,
    round: 0,
  });
  const names = ["u0sasha", "sasha@example.com"];
  await insertSuspension(fresh.database, { requestId: "V0LOCKOUT", names, since: at });
});
afterAll(async () => {
  await fresh.drop();
});

const restore = (...words: string[]) => runCommand(["restore", ...words], { DATABASE_URL: fresh.url });

test("it wants one person and a reason", async () => {
  for (const words of [[], ["U0SASHA"], ["U0SASHA", "--reason", " "], ["sasha", "--reason", "x"]])
    expect(await restore(...words)).toMatchObject({ code: 64 });
  expect(await isSuspended(fresh.database, ["u0sasha"])).toBe(true);
});

test("somebody who lost nothing is told so, and nothing is changed", async () => {
  expect((await restore("U0NOOR", "--reason", "x")).output).toContain("Nothing was changed.");
});

test("an operator gives somebody their power back without Slack, and the audit log keeps it", async () => {
  expect(await restore("Sasha@example.com", "--reason", "All of security was locked out")).toMatchObject({
    code: 0,
    output: expect.stringContaining("can ask and approve again"),
  });
  expect(await isSuspended(fresh.database, ["u0sasha"])).toBe(false);
  const { rows } = await fresh.database.query(
    "select request_id, actor, data from deadbolt.audit_event where type = 'power.restored'",
  );
  expect(rows).toEqual([
    {
      request_id: "V0LOCKOUT",
      actor: "operator",
      data: { person: "Sasha@example.com", reason: "All of security was locked out" },
    },
  ]);
});
