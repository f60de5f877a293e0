import { expect, test } from "vitest";
import { textLength, validateBlocks, validateView } from "../../../playground/slack/validate-blocks.ts";
import type { AuditEvent, Outcome } from "../../../src/audit/event.ts";
import { judgement } from "../../../src/lockout/judge.ts";
import { incidentSummary } from "../../../src/lockout/incident-summary.ts";
import { verdictOf } from "../../../src/lockout/verdict.ts";
import { buildPlan } from "../../../src/plan/plan.ts";
import { LOCKOUT_PARTS } from "../../../src/playbook/lockout-fields.ts";
import { lockout } from "../../../src/playbook/lockout.ts";
import { lockoutForm } from "../../../views/lockout/form.ts";
import { watchView } from "../../../views/lockout/watch-view.ts";
import type { RequestSummary } from "../../../views/request/summary.ts";
import { desiredMessages } from "../../../views/thread/thread.ts";

const ZONES = Array.from({ length: 60 }, (_unused, index) => (index + 1).toString(16).padStart(32, "f"));
const MESSAGE_CHARACTERS = 13_200;
const AT = Date.UTC(2026, 0, 5, 3, 12, 7);

const target = {
  name: "N".repeat(80),
  email: `${"s".repeat(60)}@${"d".repeat(60)}.example`,
  slackId: "U0SAM",
  zoomUserId: "zoomzoomzoomzoomzoomzo",
  zoomEmail: `${"s".repeat(60)}@${"d".repeat(60)}.example`,
  cloudflareUserId: "access",
  found: [],
};
const plan = buildPlan(
  lockout,
  {
    parts: [...LOCKOUT_PARTS],
    reason: "<&>".repeat(300),
    ticket: `https://tickets.example/${"a".repeat(470)}`,
    seen: { hasPassword: true, role: { id: "1", name: "Admin" } },
  },
  target,
  {
    cloudflareAccountId: "a".repeat(32),
    cloudflareZoneIds: ZONES,
    cloudflareBlockListId: "b".repeat(32),
  },
);

function summaryOf(state: string): RequestSummary {
  return {
    id: "V0REQUEST",
    plan,
    requesterId: "U0SASHA",
    state,
    decision: {
      kind: state === "pending" ? "needs_approval" : "allowed",
      because: "",
      rules: state === "pending" ? [{ description: "One person must approve." }] : [],
    },
    channel: "C0INCIDENT",
    createdAt: new Date(AT),
    expiresAt: null,
  };
}

/** One try in which every step ends so. */
function tried(round: number, outcomeOf: (index: number) => Outcome, message: string): AuditEvent[] {
  const prefix = round === 0 ? "V0REQUEST" : `V0REQUEST:again${round}`;
  const base = { requestId: "V0REQUEST", actor: "deadbolt" };
  const moment = (after: number) => new Date(AT + round * 60_000 + after);
  return [
    {
      ...base,
      id: `${prefix}:run:started`,
      at: moment(0),
      type: "run.started",
      data: { steps: plan.steps.length },
    },
    ...plan.steps.flatMap(({ id, operation, input }, index): AuditEvent[] => [
      {
        ...base,
        id: `${prefix}:step:${id}:started`,
        at: moment(10 + index),
        type: "step.started",
        data: { stepId: id, operation, input },
      },
      {
        ...base,
        id: `${prefix}:step:${id}:finished`,
        at: moment(500 + index),
        type: "step.finished",
        data: {
          stepId: id,
          operation,
          outcome: outcomeOf(index),
          sentence: "Refused or not reached. It was NOT done.",
          facts: {
            status: 400,
            code: 1000 + (index % 7),
            attempts: 3,
            vendorMessage: message,
            advice: "Cloudflare does not accept what was sent.",
          },
        },
      },
    ]),
  ];
}

function withJudgement(events: AuditEvent[]): AuditEvent[] {
  const event = judgement("V0REQUEST", plan, events, new Date(AT + 30_000));
  if (event === undefined) throw new Error("There is no verdict.");
  const { sentence } = verdictOf(plan, events);
  return [
    ...events,
    event,
    {
      id: "V0REQUEST:run:finished",
      requestId: "V0REQUEST",
      actor: "deadbolt",
      at: new Date(AT + 31_000),
      type: "run.finished",
      data: { state: "failed", sentence },
    },
  ];
}

const failed = withJudgement(tried(0, () => "failed", "&".repeat(300)));
const OUTCOMES: Outcome[] = ["failed", "unverified", "not_found", "skipped", "accepted"];
const mixed = withJudgement(tried(0, (index) => OUTCOMES[index % OUTCOMES.length] ?? "failed", "no"));
const retried: AuditEvent[] = [
  ...failed,
  {
    id: "V0REQUEST:retried:1",
    requestId: "V0REQUEST",
    actor: "U0SASHA",
    at: new Date(AT + 59_000),
    type: "run.retried",
    data: { round: 1, steps: plan.steps.map(({ id }) => id) },
  },
  ...tried(1, () => "failed", "again"),
];
const STORIES: [string, string, AuditEvent[]][] = [
  ["that waits for approval", "pending", []],
  ["of which every step failed", "failed", failed],
  ["of which the steps ended in every way", "partly_done", mixed],
  ["that failed twice", "failed", retried],
  ["of which every step was accepted", "done", withJudgement(tried(0, () => "accepted", "ok"))],
];

function mrkdwnTexts(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap((member) => mrkdwnTexts(member));
}

/** Cut by the last resort, which says nothing of what is missing. */
function cutSilently(blocks: unknown): string[] {
  return mrkdwnTexts(blocks).filter((text) => text.length >= 2_990);
}

test.each(STORIES)(
  "every message of a lockout with 60 zones %s fits, and none is cut silently",
  (_how, state, events) => {
    for (const message of desiredMessages(summaryOf(state), events)) {
      expect(validateBlocks(message.blocks, "message")).toEqual([]);
      expect(textLength(message.blocks)).toBeLessThanOrEqual(MESSAGE_CHARACTERS);
      expect(message.blocks.length).toBeLessThanOrEqual(50);
      expect(message.text.length).toBeLessThanOrEqual(4_000);
      expect(cutSilently(message.blocks)).toEqual([]);
    }
  },
);

test.each(STORIES)(
  "the window that watches a lockout with 60 zones %s is one that Slack opens",
  (_how, state, events) => {
    const view = watchView(summaryOf(state), events);
    expect(validateView(view, "modal")).toEqual([]);
    expect(cutSilently(view.blocks)).toEqual([]);
  },
);

test("every zone is there to be approved", () => {
  const [root] = desiredMessages(summaryOf("pending"), []);
  for (const zone of ZONES) expect(JSON.stringify(root?.blocks)).toContain(zone);
});

test("zones that stand alike are one door, and their failures one line, which counts those that it does not name", () => {
  const messages = desiredMessages(summaryOf("failed"), failed);
  const root = JSON.stringify(messages[0]?.blocks);
  expect(root).toContain("Cloudflare sessions of 60 zones: *OPEN*");
  expect(root).not.toContain("Cloudflare sessions of zone");
  expect(verdictOf(plan, failed).sentence).toContain("Cloudflare sessions of 60 zones");
  const lines = messages.filter(({ text }) => text.includes("Revoke Cloudflare Access sessions"));
  const told = lines.filter(({ id }) => id.includes("zones"));
  expect(told.map(({ id }) => id)).toEqual(["V0REQUEST:zones:0"]);
  const text = mrkdwnTexts(told[0]?.blocks).join("\n");
  expect(text).toMatch(/and \d+ more, in the post-incident summary/);
  expect(text).toMatch(/… and \d+ more steps of zones, in the post-incident summary\./);
  const named = [...text.matchAll(/\((\d+) zones\)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  const more = Number(/… and (\d+) more steps/.exec(text)?.[1]);
  expect(named + more).toBe(120);
});

test("a second try has a line of its own, and the first one's stays", () => {
  const ids = desiredMessages(summaryOf("failed"), retried).map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids.filter((id) => id.includes("zones"))).toEqual(["V0REQUEST:zones:0", "V0REQUEST:zones:1"]);
});

test("the post-incident summary names every zone, as a door and with all that was done about it", () => {
  const { id, createdAt } = summaryOf("failed");
  const text = incidentSummary(
    { id, state: "failed", plan, requester: { id: "U0SASHA" }, createdAt },
    failed,
    new Date(AT + 90_000),
  );
  for (const zone of ZONES) {
    expect(text).toContain(`Cloudflare sessions of zone ${zone} |`);
    expect(text).toContain(`FAILED: Revoke Cloudflare Access sessions once more \\(zone ${zone}\\)`);
  }
  expect(text).not.toContain("more in the audit log");
});

test("the form shows each kind of step once, however many zones there are", () => {
  const view = lockoutForm({
    target: { slackId: "U0SAM" },
    preset: "full",
    own: [],
    parts: LOCKOUT_PARTS,
    hasSlack: true,
    mayBreakGlass: true,
    preview: {
      person: { name: target.name, email: target.email },
      facts: ["1 live Zoom meeting."],
      steps: plan.steps.map(({ title }) => title),
      leftOut: [],
      permission: { needsApproval: false, because: "" },
      expected: { holds: true, temporary: [] },
      inForce: [],
      warnings: [],
    },
  });
  expect(validateView(view, "modal")).toEqual([]);
  expect(cutSilently(view.blocks)).toEqual([]);
  expect(JSON.stringify(view)).toContain("Revoke Cloudflare Access sessions once more (60 zones)");
  expect(JSON.stringify(view)).toContain("Set the Zoom password to a random one");
});
