import { describe, expect, test } from "vitest";
import type { AuditEvent } from "../../src/audit/event.ts";
import { incidentSummary } from "../../src/lockout/incident-summary.ts";
import { verdictOf } from "../../src/lockout/verdict.ts";
import { buildPlan, type Plan } from "../../src/plan/plan.ts";
import { PRESET_PARTS } from "../../src/playbook/lockout-fields.ts";
import { lockout } from "../../src/playbook/lockout.ts";
import { runStep } from "../../src/workflow/step/run-step.ts";
import { doorLines } from "../../views/lockout/doors.ts";
import { outcomeWord } from "../../views/request/outcome.ts";
import { createPretendContext } from "../workflow/pretend-context.ts";

const SAM = {
  name: "Sam Rivers",
  email: "sam@northwind.example",
  slackId: "U0SAM",
  zoomUserId: "zoomSam",
  zoomEmail: "sam@northwind.example",
  cloudflareUserId: "accessSam",
  found: [],
};
const LIVE = { id: 81_000_000_000, host_id: SAM.zoomUserId, topic: "Weekly", type: 2 };

function planned(hasSso?: boolean): Plan {
  const seen = { hasPassword: true, ...(hasSso === undefined ? {} : { hasSso }) };
  const fields = { parts: [...PRESET_PARTS.full], reason: "Taken over", seen };
  return buildPlan(lockout, fields, SAM, {
    cloudflareAccountId: "account1",
    cloudflareZoneIds: ["zone1"],
    cloudflareBlockListId: "list1",
    slackTeamId: "T0HOME",
  });
}

/** Every step but these was proven. */
function ended(plan: Plan, accepted: readonly string[]): AuditEvent[] {
  return plan.steps.map(({ id, operation }) => ({
    id,
    requestId: "V0SAM",
    type: "step.finished",
    actor: "deadbolt",
    at: new Date(500),
    data: {
      stepId: id,
      operation,
      outcome: accepted.includes(id) ? "accepted" : "verified",
      sentence: "The vendor accepted it. It cannot be proven: there is no read-back.",
      facts: {},
    },
  }));
}

function requestFor(plan: Plan) {
  return {
    id: "V0SAM",
    plan,
    requesterId: "U0SASHA",
    state: "running",
    decision: { kind: "allowed" as const, because: "", rules: [] },
    channel: "C0INCIDENT",
    createdAt: new Date(0),
    expiresAt: null,
  };
}

async function ran(stepId: string, answers: Parameters<typeof createPretendContext>[0]) {
  const step = planned().steps.find(({ id }) => id === stepId);
  if (step === undefined) throw new Error(`There is no step ${stepId}.`);
  const { context, calls } = createPretendContext(answers);
  const result = await runStep(context, {
    requestId: "V0SAM",
    step,
    target: SAM,
    round: 0,
    followers: [],
    isBegun: false,
    answered: async () => undefined,
    ready: () => Promise.resolve(new Map()),
    onSent: () => undefined,
    onAnswered: () => undefined,
    answeredAt: () => undefined,
    isOvertaken: () => false,
  });
  return { ...result, calls };
}

describe("a list that leaves something out proves nothing of it", () => {
  test("no live meeting listed is accepted: an instant meeting is in no list", async () => {
    const { outcome, sentence, calls } = await ran("end-meetings", {
      "zoom.meeting.list": [{ meetings: [] }],
    });
    expect({ outcome, sent: calls.includes("zoom.meeting.end") }).toEqual({
      outcome: "accepted",
      sent: false,
    });
    expect(sentence).toContain("Zoom lists no instant meetings");
  });

  test("every listed meeting ended and read back is accepted", async () => {
    const { outcome, sentence } = await ran("end-meetings", {
      "zoom.meeting.list": [{ meetings: [LIVE] }],
      "zoom.meeting.get": [{ ...LIVE, status: "waiting" }],
    });
    expect(outcome).toBe("accepted");
    expect(sentence).toContain("Read back: it took hold. More cannot be proven");
  });

  test("a listed meeting that runs on is not accepted", async () => {
    const { outcome } = await ran("end-meetings", {
      "zoom.meeting.list": [{ meetings: [LIVE] }],
      "zoom.meeting.get": [{ ...LIVE, status: "started" }],
    });
    expect(outcome).toBe("unverified");
  });
});

test("revoking the SSO token is accepted, and says of which sessions it is", async () => {
  const { outcome, sentence } = await ran("revoke-sso-token", {});
  expect(outcome).toBe("accepted");
  expect(sentence).toContain("single sign-on only");
});

test.each([
  ["revoke-sso-token", "zoom-sessions", "Sign the user out of all devices"],
  ["end-meetings", "zoom-meetings", "End the meeting on Zoom's dashboard."],
])("an accepted %s has the tick of what is not provable, and what to do by hand", (stepId, door, byHand) => {
  const plan = planned();
  const events = ended(plan, [stepId]);
  const { doors } = verdictOf(plan, events);
  const shown = doors.find(({ id }) => id === door);
  expect(shown).toMatchObject({ state: "closed", isProven: false });
  expect(shown?.byHand?.text).toContain(byHand);
  const [icon = ""] = outcomeWord("accepted").split(" ");
  const [line = "", ...others] = doorLines(requestFor(plan), events).filter((one) => one.startsWith(icon));
  expect(line).toMatch(/accepted after 0\.5 s \(not provable here\)\. .*\n +By hand: .* <https:\/\//);
  expect(others).toEqual([]);
  const summary = incidentSummary(
    { id: "V0SAM", state: "done", plan, requester: { id: "U0SASHA" }, createdAt: new Date(0) },
    events,
    new Date(9_000),
  );
  expect(summary).toMatch(/\| accepted, not provable: .* \| not known; accepted after 0\.5 s \|/);
});

test("the token of somebody who does not sign in by SSO ends nothing, and the verdict says so", () => {
  const sentenceOf = (hasSso?: boolean) => {
    const plan = planned(hasSso);
    return verdictOf(plan, ended(plan, ["revoke-sso-token"])).sentence;
  };
  expect(sentenceOf(false)).toContain(
    "Zoom sessions may be open. They do not sign in to Zoom by single sign-on",
  );
  expect(sentenceOf(true)).not.toContain("may be open");
  expect(sentenceOf()).not.toContain("may be open");
});
