import { expect, test } from "vitest";
import type { AuditEvent, Outcome, OutcomeFacts } from "../../src/audit/event.ts";
import { verdictIfAllHolds } from "../../src/lockout/expected.ts";
import { stepsToRetry } from "../../src/lockout/steps-to-retry.ts";
import { verdictOf } from "../../src/lockout/verdict.ts";
import { buildPlan, hashPlan, type Plan } from "../../src/plan/plan.ts";
import { lockoutFields, PRESET_PARTS, type LockoutPart } from "../../src/playbook/lockout-fields.ts";
import { lockout } from "../../src/playbook/lockout.ts";

const SAM = {
  name: "Sam Rivers",
  email: "sam@northwind.example",
  slackId: "U0SAM",
  zoomUserId: "zoomSam",
  zoomEmail: "sam@northwind.example",
  cloudflareUserId: "accessSam",
  found: ["Slack user U0SAM, chosen in Slack."],
};
const { slackId: _slackId, ...NOT_IN_SLACK } = SAM;
const BEFORE = {
  cloudflareAccountId: "account1",
  cloudflareZoneIds: ["zone1"],
  cloudflareBlockListId: "list1",
  revokeAgainSeconds: 45,
};
const SET_UP = { ...BEFORE, slackTeamId: "T0HOME" };
const NOTE = "Slack is not locked: they can sign in there again.";

function fieldsWith(parts: readonly LockoutPart[]) {
  return {
    parts: [...parts],
    reason: "Taken over",
    seen: { hasPassword: true, role: { id: "1", name: "Admin" } },
  };
}
const planned = (
  parts: readonly LockoutPart[] = PRESET_PARTS.full,
  target = SAM,
  playbookSettings: typeof BEFORE = SET_UP,
) => buildPlan(lockout, fieldsWith(parts), target, playbookSettings);

/** Every step has ended well, but the Slack one, which ended so. */
function verdictWith(plan: Plan, outcome: Outcome, facts: OutcomeFacts = {}) {
  const events = plan.steps.map(({ id, operation }): AuditEvent => ({
    id,
    requestId: null,
    type: "step.finished",
    actor: "system",
    at: new Date(0),
    data: {
      stepId: id,
      operation,
      sentence: "As it is.",
      ...(operation === "slack.session.reset" ? { outcome, facts } : { outcome: "verified", facts: {} }),
    },
  }));
  return { ...verdictOf(plan, events), retried: stepsToRetry(plan, events) };
}

test("the step is there only where it is chosen, set up, and the person is in Slack", () => {
  const has = (plan: Plan) => plan.steps.some(({ operation }) => operation === "slack.session.reset");
  expect(Object.values(PRESET_PARTS).map((parts) => has(planned(parts)))).toEqual([true, true, true]);
  expect(has(planned(["zoom-deactivate"]))).toBe(false);
  expect(has(planned(PRESET_PARTS.full, SAM, BEFORE))).toBe(false);
  expect(has(planned(PRESET_PARTS.full, NOT_IN_SLACK as typeof SAM))).toBe(false);
});

test("it waits for nothing, and nothing waits for it", () => {
  const { steps } = planned();
  const step = steps.find(({ id }) => id === "reset-slack-sessions");
  expect(step).toMatchObject({ after: [], requires: [] });
  expect(step?.delaySeconds).toBeUndefined();
  expect(
    steps.filter(({ after, requires }) => [...after, ...requires].includes("reset-slack-sessions")),
  ).toEqual([]);
});

test("a lockout whose every door is closed is locked, and says that Slack is not", () => {
  const verdict = verdictIfAllHolds(planned());
  expect(verdict).toMatchObject({ kind: "locked", temporary: [], beyond: NOTE });
  expect(verdict.sentence).toMatch(
    /^Locked\. Proven closed: .*Slack sessions.* Slack is not locked: they can sign in there again\.$/,
  );
});

test("one that holds for the moment says so, and that Slack is not locked either", () => {
  const verdict = verdictIfAllHolds(planned(PRESET_PARTS.sessions));
  expect(verdict.kind).toBe("temporary");
  expect(verdict.sentence.endsWith(NOTE)).toBe(true);
  expect(verdict.temporary.join(" ")).not.toContain("Slack");
});

test.each([
  ["before it was set up", PRESET_PARTS.full, BEFORE],
  ["where it was not chosen", PRESET_PARTS.full.filter((part) => part !== "slack-sessions"), SET_UP],
] as const)(
  "a lockout from %s is not called temporary, and says nothing of Slack",
  (_when, parts, playbookSettings) => {
    const verdict = verdictIfAllHolds(planned(parts, SAM, playbookSettings));
    expect(verdict).toMatchObject({ kind: "locked", temporary: [] });
    expect(verdict.beyond).toBeUndefined();
    expect(JSON.stringify(verdict)).not.toContain("Slack");
  },
);

test("what Slack accepted and nobody may read back is closed, and named as not provable", () => {
  const { kind, sentence } = verdictWith(planned(), "accepted");
  expect(kind).toBe("locked");
  expect(sentence).toContain("Accepted by the vendor, and not provable here: Slack sessions.");
  expect(sentence.endsWith(NOTE)).toBe(true);
});

test("a step that failed leaves the door open, says what to do by hand, and is what is tried again", () => {
  const { kind, sentence, doors, retried } = verdictWith(planned(), "failed");
  expect({ kind, sentence }).toEqual({ kind: "not_locked", sentence: "NOT locked. Open: Slack sessions." });
  expect(doors.find(({ id }) => id === "slack-sessions")?.byHand).toMatchObject({
    text: expect.stringContaining("Sign the person out of Slack") as unknown,
    url: "https://my.slack.com/admin",
  });
  expect(retried).toEqual(["reset-slack-sessions"]);
});

test("one that may have been done is not known to be closed", () => {
  expect(verdictWith(planned(), "failed", { unknown: true }).sentence).toBe(
    "NOT proven to be locked. Not known to be closed: Slack sessions.",
  );
});

test("a plan without such a step is the same whether or not sessions can be ended in Slack, and parses", () => {
  const parts = PRESET_PARTS.full.filter((part) => part !== "slack-sessions");
  const plan = planned(parts, SAM, BEFORE);
  const { hash, ...rest } = plan;
  expect(hash).toBe(planned(parts, SAM, SET_UP).hash);
  expect(hashPlan(rest)).toBe(hash);
  expect(lockoutFields.parse(plan.fields).parts).toEqual(parts);
});
