import { expect, test } from "vitest";
import { buildPlan } from "../../../src/plan/plan.ts";
import type { Restoration } from "../../../src/playbook/release.ts";
import type { RunRequest } from "../../../src/request/requests-run-since.ts";
import { requestsRunSince } from "../../../src/request/requests-run-since.ts";
import { revokedBy } from "../../../src/workflow/release/revoked-since.ts";
import { withoutRevokedSince } from "../../../src/workflow/release/without-revoked-since.ts";
import { zoomOffboard } from "../../../src/playbook/zoom-offboard.ts";
import { insertRequest } from "../../../src/request/store.ts";
import { createFreshDatabase } from "../../fresh-database.ts";

const target = { name: "Sam", email: "sam@northwind.example", zoomUserId: "Z1", found: [] };

function ran(
  id: string,
  operation: string,
  input: Record<string, unknown>,
  playbook = operation,
): RunRequest {
  return { id, playbook, startedAt: new Date(0), steps: [{ operation, input }] };
}

const user = { userId: "Z1" };
const list = { accountId: "A", listId: "L", email: "SAM@northwind.example" };
const DEACTIVATED = ran("R1", "zoom.user.updateStatus", { ...user, action: "deactivate" });
const ACTIVATED = ran("R2", "zoom.user.updateStatus", { ...user, action: "activate" });

const RESTORES: Restoration[] = [
  { id: "snapshot", title: "Read", operation: "zoom.user.get", input: user, after: [], isSnapshot: true },
  {
    id: "activate",
    title: "Activate",
    operation: "zoom.user.updateStatus",
    input: { ...user, action: "activate" },
    after: ["snapshot"],
    changes: [{ title: "Status", before: "inactive", after: "active" }],
  },
  {
    id: "role",
    title: "Role",
    operation: "zoom.role.assign",
    input: { ...user, roleId: "RHELP" },
    after: ["snapshot", "activate"],
    changes: [{ title: "Role", before: "Member", after: "Help desk" }],
  },
  {
    id: "unblock",
    title: "Unblock",
    operation: "cloudflare.gateway.removeItem",
    input: list,
    after: [],
    changes: [{ title: "Cloudflare sign-in", before: "blocked", after: "as the policies say" }],
  },
  {
    id: "unrevoke-registrations",
    title: "Restore 2 WARP registrations",
    operation: "cloudflare.registration.unrevoke",
    input: { accountId: "A", registrationIds: ["D1", "D2"] },
    after: [],
    changes: [
      { title: "Laptop", before: "revoked", after: "active" },
      { title: "Phone", before: "revoked", after: "active" },
    ],
  },
];

function released(...requests: RunRequest[]) {
  const { restores, lost } = withoutRevokedSince(
    { restores: RESTORES, lost: [] },
    revokedBy(requests, target),
  );
  return { ids: restores.map(({ id }) => id), restores, lost };
}

test("where no other request took anything away, all of it is given back", () => {
  expect(released().restores).toEqual(RESTORES);
});

test("whoever was deactivated or deleted by another request is given nothing back at Zoom", () => {
  const { ids, lost } = released(DEACTIVATED);
  expect(ids).toEqual(["unblock", "unrevoke-registrations"]);
  expect(lost).toEqual(["Zoom sign-in, Zoom role: the Zoom user was deactivated since, by request R1."]);
  const { lost: deleted } = released(ran("R3", "zoom.user.delete", { ...user, action: "delete" }));
  expect(deleted.join()).toContain("the Zoom user was deleted since, by request R3");
});

test("whoever was activated again by a later request is given back what the lockout took", () => {
  expect(released(DEACTIVATED, ACTIVATED).restores).toEqual(RESTORES);
  expect(released(ACTIVATED, DEACTIVATED).ids).not.toContain("activate");
});

test("whoever was offboarded is given nothing back anywhere", () => {
  const { ids, lost } = released(ran("R4", "zoom.user.revokeSsoToken", user, "zoom-offboard"));
  expect(ids).toEqual([]);
  expect(lost).toEqual([
    "Zoom sign-in, Zoom role, Cloudflare sign-in, WARP devices (Laptop, Phone): they were offboarded since, by request R4.",
  ]);
});

test("a role that another request took away stays away, and what comes after it waits for nothing that is gone", () => {
  const { ids, restores, lost } = released(ran("R5", "zoom.role.removeMember", { ...user, roleId: "RHELP" }));
  expect(ids).toEqual(["snapshot", "activate", "unblock", "unrevoke-registrations"]);
  expect(lost).toEqual(["Zoom role: the Zoom role was taken away since, by request R5."]);
  const all = new Set(ids);
  for (const { after } of restores) for (const id of after) expect(all).toContain(id);
});

test("an entry of another request stays on its list, and one on another list changes nothing", () => {
  expect(released(ran("R6", "cloudflare.gateway.addItem", list)).ids).not.toContain("unblock");
  expect(released(ran("R6", "cloudflare.gateway.addItem", { ...list, listId: "L2" })).restores).toEqual(
    RESTORES,
  );
  expect(
    released(ran("R6", "cloudflare.gateway.addItem", list), ran("R7", "cloudflare.gateway.removeItem", list))
      .ids,
  ).toContain("unblock");
});

test("of several devices only those are restored that no other request revoked", () => {
  const revoked = ran("R8", "cloudflare.registration.revoke", { accountId: "A", registrationIds: ["D2"] });
  const { restores, lost } = released(revoked);
  expect(restores.at(-1)).toMatchObject({
    title: "Restore 1 WARP registration",
    input: { registrationIds: ["D1"] },
    changes: [{ title: "Laptop" }],
  });
  expect(lost).toEqual(["WARP device Phone: it was revoked since, by request R8."]);
});

test("other lockouts and releases are no word about what may be given back", () => {
  const { operation, input } = DEACTIVATED.steps[0] ?? { operation: "", input: {} };
  expect(released(ran("R9", operation, input, "lockout")).restores).toEqual(RESTORES);
});

test("only requests about this person count that were run, and ended since or are still at work", async () => {
  const fresh = await createFreshDatabase();
  const at = new Date(Date.UTC(2026, 5, 1, 12));
  const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
  const make = async (id: string, email: string, started: Date | null, finished: Date | null) => {
    const fields = zoomOffboard.fields.parse({
      action: "deactivate",
      revokeCloudflare: false,
      reason: "Left",
    });
    const who = { name: "Sam", email, zoomUserId: "Z1", zoomEmail: email, found: [] };
    await insertRequest(fresh.database, {
      id,
      playbook: "zoom-offboard",
      requester: { id: "U0RILEY" },
      plan: buildPlan(zoomOffboard, fields, who, { cloudflareZoneIds: [] }),
      state: "approved",
      decision: { kind: "allowed", because: "", rules: [] },
      policyVersion: "policy1",
      channel: "C0",
      createdAt: after(-60),
      expiresAt: null,
      nextDeadline: null,
      decidedAt: after(-60),
      startedAt: null,
      finishedAt: null,
      attempt: 0,
      round: 0,
    });
    await fresh.database.query(
      "update deadbolt.request set started_at = $2, finished_at = $3 where id = $1",
      [id, started, finished],
    );
  };
  await make("V0BEFORE", "sam@northwind.example", after(-10), after(-5));
  await make("V0ACROSS", "sam@northwind.example", after(-2), after(2));
  await make("V0ATWORK", "sam@northwind.example", after(5), null);
  await make("V0WAITS", "sam@northwind.example", null, null);
  await make("V0OTHER", "eve@northwind.example", after(5), after(6));
  const found = await requestsRunSince(fresh.database, ["Sam@Northwind.example"], at);
  expect(found.map(({ id }) => id)).toEqual(["V0ACROSS", "V0ATWORK"]);
  await fresh.drop();
});
