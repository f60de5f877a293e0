import { copyFile, mkdtemp, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyChain } from "../../src/audit/verify.ts";
import { createAuditLog } from "../../src/audit/log.ts";
import { migrateDatabase } from "../../src/database/migrate.ts";
import { dueRequests } from "../../src/request/find-requests.ts";
import { findRequest } from "../../src/request/store.ts";
import { createFreshDatabase, type FreshDatabase } from "../fresh-database.ts";
import { samplePlan } from "../workflow/sample-plan.ts";

const MIGRATIONS = "src/database/migrations";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await createFreshDatabase({ migrated: false });
});
afterAll(async () => {
  await fresh.drop();
});

/** A folder with the migrations up to a number. */
async function upTo(number: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "deadbolt-upgrade-"));
  for (const name of await readdir(MIGRATIONS))
    if (name <= `${number}~`) await copyFile(join(MIGRATIONS, name), join(folder, name));
  return folder;
}

test("a request that waited before there were stages waits on, by the same people and until the same moment", async () => {
  const { database } = fresh;
  await migrateDatabase(database, await upTo("0005"));
  const plan = samplePlan();
  const rule = {
    id: "approvals[0]",
    approverRoles: ["it-admins", "security"],
    count: 2,
    expiresMilliseconds: 86_400_000,
    because: "the request is zoom-offboard",
    description: "Two people must approve.",
  };
  await database.query(
    `insert into deadbolt.request (id, playbook, requester_id, requester, target_key, target, fields, plan,
       plan_hash, decision, state, policy_version, channel, created_at, expires_at)
     values ('V1', 'zoom-offboard', 'U0RILEY', '{"id": "U0RILEY"}', 'sam@northwind.example', $1, $2, $3, $4, $5,
       'pending', 'p', 'C0', '2026-06-01T12:00:00Z', '2026-06-02T12:00:00Z'),
     ('V2', 'zoom-offboard', 'U0RILEY', '{"id": "U0RILEY"}', 'sam@northwind.example', $1, $2, $3, $4,
       '{"kind": "allowed", "because": "", "rules": []}', 'done', 'p', 'C0', '2026-06-01T12:00:00Z', null)`,
    [plan.target, plan.fields, plan, plan.hash, { kind: "needs_approval", because: "", rules: [rule] }],
  );
  await database.query(
    `insert into deadbolt.decision (id, request_id, person_id, verdict, plan_hash, roles, at)
     values ('d1', 'V1', 'U0ALEX', 'approve', $1, '["it-admins"]', now())`,
    [plan.hash],
  );

  await migrateDatabase(database);
  expect(await findRequest(database, "V1")).toMatchObject({
    state: "pending",
    attempt: 0,
    nextDeadline: new Date("2026-06-02T12:00:00Z"),
    decision: {
      rules: [
        {
          id: "approvals[0]",
          description: "Two people must approve.",
          stages: [{ parts: [{ roles: ["it-admins", "security"], people: [], count: 2 }] }],
          secondFactor: false,
          remindAt: [],
          expiresAt: "2026-06-02T12:00:00.000Z",
        },
      ],
    },
  });
  expect(await findRequest(database, "V2")).toMatchObject({ state: "done", decision: { rules: [] } });
  expect(await dueRequests(database, new Date("2026-06-02T12:00:00Z"), 10)).toEqual(["V1"]);
});

test("the trail goes on with the policy's version in new rows, and is whole over both kinds", async () => {
  const { database } = fresh;
  const event = { requestId: null, type: "request.refused", actor: "U0SAM", data: {} };
  const at = new Date("2026-06-01T12:00:00Z");
  await createAuditLog(database, []).append({ ...event, id: "before", at });
  await createAuditLog(database, [], () => "policy2").append({ ...event, id: "after", at });
  const { rows } = await database.query<{ id: string; policy_version: string | null }>(
    "select id, policy_version from deadbolt.audit_event order by sequence",
  );
  expect(rows).toEqual([
    { id: "before", policy_version: null },
    { id: "after", policy_version: "policy2" },
  ]);
  expect(await verifyChain(database)).toMatchObject({ ok: true });
});
