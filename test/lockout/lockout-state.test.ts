import { describe, expect, test } from "vitest";
import type { AuditEvent } from "../../src/audit/event.ts";
import { lockoutState } from "../../src/lockout/lockout-state.ts";
import { buildPlan } from "../../src/plan/plan.ts";
import { PRESET_PARTS } from "../../src/playbook/lockout-fields.ts";
import { lockout } from "../../src/playbook/lockout.ts";
import { watchView } from "../../views/lockout/watch-view.ts";
import { desiredMessages } from "../../views/thread/thread.ts";

const plan = buildPlan(
  lockout,
  { parts: [...PRESET_PARTS.full], reason: "Taken over", seen: { hasPassword: true } },
  {
    name: "Sam Rivers",
    email: "sam@northwind.example",
    slackId: "U0SAM",
    zoomUserId: "zoomSam",
    zoomEmail: "sam@northwind.example",
    cloudflareUserId: "accessSam",
    found: [],
  },
  { cloudflareAccountId: "account1", cloudflareZoneIds: ["zone1"], cloudflareBlockListId: "list1" },
);
const common = { requestId: "V0SAM", actor: "deadbolt" };
const STARTED: AuditEvent = {
  ...common,
  id: "started",
  type: "run.started",
  at: new Date(100),
  data: { steps: plan.steps.length },
};
const FINISHED: AuditEvent = {
  ...common,
  id: "finished",
  type: "run.finished",
  at: new Date(900),
  data: { state: "failed", sentence: "It broke down." },
};
const RELEASED: AuditEvent = {
  ...common,
  id: "released",
  type: "lockout.released",
  at: new Date(2_000),
  data: { by: "V0RELEASE" },
};
const ended = (proven: boolean) =>
  plan.steps.map(({ id, operation }): AuditEvent => ({
    ...common,
    id,
    type: "step.finished",
    at: new Date(500),
    data: {
      stepId: id,
      operation,
      outcome: proven ? "verified" : "failed",
      sentence: "So it is.",
      facts: {},
    },
  }));

function requestIn(state: string) {
  return {
    id: "V0SAM",
    plan,
    requesterId: "U0SASHA",
    state,
    decision: { kind: "needs_approval" as const, because: "", rules: [{ description: "One must approve." }] },
    channel: "C0INCIDENT",
    createdAt: new Date(0),
    expiresAt: null,
  };
}

/** What the watch window, the message in the channel and its notification say. */
function saidOf(state: string, events: readonly AuditEvent[]) {
  const request = requestIn(state);
  const [root] = desiredMessages(request, events);
  return [JSON.stringify(watchView(request, events).blocks), JSON.stringify(root?.blocks), root?.text ?? ""];
}

describe("nothing is closing before anything was begun", () => {
  test.each([
    ["pending", "Waiting for approval. Nothing was done yet"],
    ["scheduled", "Scheduled. Nothing was done yet"],
    ["approved", "Approved, starting. Nothing was done yet"],
    ["denied", "Denied. Nothing was done"],
    ["expired", "Expired without a decision. Nothing was done"],
    ["cancelled", "Cancelled. Nothing was done"],
  ])("%s", (state, sentence) => {
    for (const said of saidOf(state, [])) {
      expect(said).toContain(sentence);
      expect(said).not.toMatch(/closing|:hourglass_flowing_sand:|:white_check_mark:|:lock:|Locked/i);
    }
  });
});

test("a run that is at work is closing, whatever the request's state says", () => {
  expect(lockoutState(requestIn("pending"), [STARTED])).toMatchObject({
    kind: "under_way",
    sentence: "Closing every door.",
  });
});

test("a run that ended before a door was known leaves it unknown, with what to do by hand", () => {
  const { kind, doors } = lockoutState(requestIn("failed"), [STARTED, FINISHED]);
  expect(kind).toBe("not_locked");
  for (const { state, byHand } of doors) {
    expect(state).toBe("unknown");
    expect(byHand?.url).toMatch(/^https:/);
  }
});

test("a released lockout is locked on no surface", () => {
  for (const said of saidOf("done", [STARTED, ...ended(true), RELEASED])) {
    expect(said).toContain("Released. Before that: Locked.");
    expect(said).not.toContain(":lock:");
  }
});

test("how a lockout ended is told in private and in the thread with the verdict's own sign", () => {
  const events = [STARTED, ...ended(false), FINISHED];
  const said = desiredMessages(requestIn("failed"), events).filter(({ id }) => id.startsWith("finished:"));
  expect(said.map(({ place }) => place).toSorted()).toEqual(["direct", "thread"]);
  for (const { text } of said) expect(text).toMatch(/:rotating_light: \*?NOT locked\. Open: /);
});
