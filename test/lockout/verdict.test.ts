import { expect, test } from "vitest";
import type { AuditEvent } from "../../src/audit/event.ts";
import { stateOf, verdictOf } from "../../src/lockout/verdict.ts";
import { buildPlan, type Plan } from "../../src/plan/plan.ts";
import { PRESET_PARTS, type LockoutPart } from "../../src/playbook/lockout-fields.ts";
import { lockout } from "../../src/playbook/lockout.ts";
import { SAM } from "../workflow/sample-plan.ts";

function planned(
  parts: readonly LockoutPart[] = PRESET_PARTS.full,
  blockList: string | undefined = "list1",
): Plan {
  const fields = { parts: [...parts], reason: "Taken over", seen: { hasPassword: true, hasSso: false } };
  return buildPlan(lockout, fields, SAM, {
    cloudflareAccountId: "account1",
    cloudflareZoneIds: ["zone1"],
    cloudflareBlockListId: blockList,
    slackTeamId: "T0HOME",
  });
}

type Outcome = Extract<AuditEvent, { type: "step.finished" }>["data"]["outcome"];

/** Every step was proven, but those that are named; undefined has not ended. */
function ended(plan: Plan, others: Record<string, Outcome | undefined> = {}): AuditEvent[] {
  return plan.steps.flatMap(({ id, operation }): AuditEvent[] => {
    const outcome = id in others ? others[id] : "verified";
    const common = { requestId: "V0SAM", actor: "deadbolt", at: new Date(500) };
    if (outcome === undefined)
      return [
        {
          ...common,
          id: `${id}:started`,
          type: "step.started",
          data: { stepId: id, operation },
        } as AuditEvent,
      ];
    const data = { stepId: id, operation, outcome, sentence: `It is ${outcome}.`, facts: {} };
    return [{ ...common, id, type: "step.finished", data }];
  });
}
const kindOf = (plan: Plan, others?: Record<string, Outcome | undefined>) =>
  verdictOf(plan, ended(plan, others)).kind;

test("what is proven everywhere is locked, and what was not begun is not", () => {
  const plan = planned();
  expect(verdictOf(plan, ended(plan))).toMatchObject({
    kind: "locked",
    sentence: expect.stringMatching(/^Locked\. Proven closed: /),
  });
  expect(verdictOf(plan, [])).toMatchObject({ kind: "not_begun", sentence: "Nothing was done yet." });
});

test.each(["failed", "skipped", "unverified"] as const)(
  "a door whose only step %s keeps a lockout from being locked",
  (outcome) => {
    const plan = planned();
    // These alone do not decide: see the tests below.
    const lesser = new Set(["cloudflare-block", "zoom-password"]);
    let looked = 0;
    for (const { id } of plan.steps) {
      const { kind, doors, sentence } = verdictOf(plan, ended(plan, { [id]: outcome }));
      const notClosed = doors.filter((door) => door.state !== "closed" && !lesser.has(door.id));
      if (notClosed.length === 0) continue;
      looked += 1;
      expect([id, kind]).toEqual([id, "not_locked"]);
      expect(sentence).toMatch(/^(NOT locked|NOT proven to be locked)\. /);
    }
    expect(looked).toBeGreaterThan(3);
  },
);

test("a door that nobody can tell about keeps a lockout from being locked", () => {
  const plan = planned();
  const events = ended(plan, { deactivate: "failed" }).map((event): AuditEvent =>
    event.type === "step.finished" && event.data.outcome === "failed"
      ? { ...event, data: { ...event.data, facts: { unknown: true } } }
      : event,
  );
  const { kind, doors, sentence } = verdictOf(plan, events);
  expect(doors.filter(({ state }) => state !== "closed").map(({ state }) => state)).toEqual(["unknown"]);
  expect(kind).toBe("not_locked");
  expect(sentence).toMatch(/^NOT proven to be locked\. Not known to be closed: /);
});

test("while a step is at work nothing is locked yet", () => {
  const plan = planned();
  expect(kindOf(plan, { deactivate: undefined })).toBe("under_way");
});

test("a password matters only where the person can still sign in", () => {
  const plan = planned();
  const password = plan.steps.find(({ operation }) => operation === "zoom.user.updatePassword")?.id ?? "";
  expect(verdictOf(plan, ended(plan, { [password]: "failed" }))).toMatchObject({
    kind: "locked",
    sentence: expect.stringContaining("The Zoom password is not known to be reset"),
  });
  const both = ended(plan, { [password]: "failed", deactivate: "failed" });
  expect(verdictOf(plan, both).sentence).toContain("password");
});

test("without an entry on the block list it holds for the moment only", () => {
  const plan = planned();
  const entry = plan.steps.find(({ operation }) => operation === "cloudflare.gateway.addItem")?.id ?? "";
  expect(kindOf(plan, { [entry]: "failed" })).toBe("temporary");
  const none = planned(PRESET_PARTS.full.filter((part) => part !== "cloudflare-block"));
  expect(verdictOf(none, ended(none))).toMatchObject({
    kind: "temporary",
    temporary: [expect.stringContaining("nothing blocks them at Cloudflare")],
  });
});

test.each<[LockoutPart, string]>([
  ["zoom-deactivate", "the Zoom user stays active"],
  ["zoom-sessions", "nothing was done, by choice, about Zoom sessions"],
  ["zoom-meetings", "nothing was done, by choice, about live Zoom meetings"],
  ["cloudflare-sessions", "nothing was done, by choice, about Cloudflare sessions"],
])("a lockout without %s holds for the moment only", (part, reason) => {
  const plan = planned(PRESET_PARTS.full.filter((one) => one !== part));
  const { kind, temporary, sentence } = verdictOf(plan, ended(plan));
  expect(kind).toBe("temporary");
  expect(temporary).toEqual([expect.stringContaining(reason)]);
  expect(sentence).toContain(`Locked, but only for the moment, because ${reason}`);
});

test("the account of somebody else is not locked, whatever else was proven", () => {
  const plan = planned();
  const events = ended(plan).map((event): AuditEvent =>
    event.type === "step.finished" && event.data.stepId === "snapshot"
      ? {
          ...event,
          data: { ...event.data, outcome: "failed", sentence: "Not Sam.", facts: { wrongPerson: true } },
        }
      : event,
  );
  expect(verdictOf(plan, events)).toMatchObject({
    kind: "not_locked",
    sentence: "NOT locked at Zoom. Not Sam.",
  });
});

test("a run is told to be done only where all went well and it is not open", () => {
  const plan = planned();
  const locked = verdictOf(plan, ended(plan));
  expect([stateOf(locked, true), stateOf(locked, false)]).toEqual(["done", "partly_done"]);
  const open = verdictOf(plan, ended(plan, { deactivate: "failed" }));
  expect(stateOf(open, true)).toBe("partly_done");
  const nothing = Object.fromEntries(plan.steps.map(({ id }) => [id, "failed" as const]));
  expect(stateOf(verdictOf(plan, ended(plan, nothing)), false)).toBe("failed");
});
