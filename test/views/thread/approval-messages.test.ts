import fc from "fast-check";
import { expect, test } from "vitest";
import { validateBlocks } from "../../../playground/slack/validate-blocks.ts";
import type { AuditEvent } from "../../../src/audit/event.ts";
import type { RequestSummary } from "../../../views/request/summary.ts";
import { parseChoice } from "../../../views/request/buttons.ts";
import { desiredMessages, type DesiredMessage } from "../../../views/thread/thread.ts";
import { samplePlan } from "../../workflow/sample-plan.ts";

const people = Array.from({ length: 30 }, (_, index) => `U0PERSON${index}`);
const rule = {
  id: "approvals[0]",
  description: `2 different people with the role security or ${people.map((id) => `<@${id}>`).join(" or ")} must approve.`,
};

function request(changes: Partial<RequestSummary> = {}): RequestSummary {
  return {
    id: "V0REQUEST",
    plan: samplePlan(),
    requesterId: "U0RILEY",
    state: "pending",
    decision: {
      kind: "needs_approval",
      because: "",
      rules: [rule, rule],
      approvers: people.slice(0, 12),
      informed: ["U0FORMER"],
    },
    channel: "C0OFFBOARD",
    createdAt: new Date(0),
    expiresAt: new Date(86_400_000),
    ...changes,
  };
}

/** What a hostile person types: markup, mentions, direction changes. */
const nasty = fc
  .array(
    fc.constantFrom(
      "<!channel>",
      "<@U0EVE>",
      "&&&&",
      "<https://evil.example|bank>",
      "\u202E",
      "*",
      "\n",
      "😀",
    ),
    {
      minLength: 1,
      maxLength: 220,
    },
  )
  .map((parts) => `x${parts.join("")}`.slice(0, 1_000).toWellFormed());

const at = new Date(0);
const iso = at.toISOString();
/** Every event that waiting, changing, by break-glass and reviewing can make, with this text wherever one is typed. */
function everyEvent(text: string): AuditEvent[] {
  const base = { requestId: "V0REQUEST", actor: "U0RILEY", at };
  const details = Array.from({ length: 40 }, (_, index) => ({
    title: `Field ${index}`,
    before: text.slice(0, 200),
    after: text.slice(0, 200),
  }));
  const data: Pick<AuditEvent, "type" | "data">[] = [
    {
      type: "decision.made",
      data: { verdict: "approve", roles: ["security"], planHash: "h", secondFactor: true },
    },
    { type: "request.reminded", data: { dueAt: iso, expiresAt: iso } },
    { type: "request.escalated", data: { dueAt: iso, rule: rule.id, roles: ["leads"], holders: people } },
    { type: "request.commented", data: { text, kind: "question" } },
    { type: "request.commented", data: { text, kind: "comment" } },
    { type: "request.delegated", data: { to: "U0NOOR", note: text } },
    {
      type: "request.changed",
      data: { planHash: "h", previousHash: "g", differences: [{ title: text, details }], rules: [] },
    },
    { type: "approval.lapsed", data: { people: people.map((personId) => ({ personId, reason: text })) } },
    { type: "start.waiting", data: { reason: text } },
    {
      type: "glass.broken",
      data: {
        skipped: [{ rule: rule.id, description: rule.description }],
        reviewBy: iso,
        reviewers: ["security"],
      },
    },
    { type: "review.escalated", data: { dueAt: iso, roles: ["leads"], holders: people } },
    { type: "review.closed", data: { justified: false, note: text, roles: ["security"] } },
    { type: "power.suspended", data: { person: "U0SAM" } },
    { type: "power.restored", data: { person: "U0SAM", reason: text } },
    { type: "request.cancelled", data: { reason: text } },
    { type: "request.voided", data: { reason: text } },
  ];
  return data.map((one, index) => ({ ...base, id: `V0REQUEST:${index}`, ...one }) as AuditEvent);
}

/** Everything that a person reads in a message. */
function shown({ text, blocks }: DesiredMessage): string {
  return `${text}\n${JSON.stringify(blocks)}`;
}

test("whatever is typed, every message about a waiting request fits Slack's limits and hides nothing in it", () => {
  fc.assert(
    fc.property(
      nasty,
      fc.nat(16),
      fc.constantFrom("pending", "approved", "denied", "expired", "cancelled", "done"),
      (text, count, state) => {
        for (const message of desiredMessages(request({ state }), everyEvent(text).slice(0, count))) {
          expect({ id: message.id, faults: validateBlocks(message.blocks, "message") }).toEqual({
            id: message.id,
            faults: [],
          });
          expect(message.text.length).toBeLessThanOrEqual(3_000);
          expect(shown(message)).not.toMatch(/<!channel|<@U0EVE>|<https:\/\/evil|\u202E/);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("each message has an id of its own, also when many people are told of many things", () => {
  const ids = desiredMessages(request(), everyEvent("why")).map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
});

test("whoever was asked before a change, by escalation or by somebody else has a message that follows", () => {
  const messages = desiredMessages(request(), everyEvent("why"));
  const followed = messages.flatMap((one) => (one.place === "direct" && one.follows ? [one.userId] : []));
  expect(followed).toEqual(expect.arrayContaining(["U0FORMER", "U0NOOR", ...people]));
  expect(followed).not.toContain("U0RILEY");
});

test("buttons are there only while something can be done", () => {
  for (const state of ["approved", "running", "denied", "expired", "cancelled", "done"])
    for (const message of desiredMessages(request({ state }), []))
      expect(`${state}: ${JSON.stringify(message.blocks)}`).not.toContain("request_approve");
  const pending = desiredMessages(request(), []);
  expect(pending.every(({ blocks }) => JSON.stringify(blocks).includes("request_approve"))).toBe(true);
});

test("a person who loses their access to other hands is not told that their request is void", () => {
  const voided = (isQuiet: boolean): AuditEvent => ({
    id: "V0REQUEST:voided",
    requestId: "V0REQUEST",
    type: "request.voided",
    actor: "deadbolt",
    at,
    data: { reason: "Because.", ...(isQuiet ? { isQuiet } : {}) },
  });
  const told = (event: AuditEvent) =>
    desiredMessages(request({ state: "cancelled" }), [event]).filter(
      (message) => message.place === "direct" && message.userId === "U0RILEY",
    );
  expect(told(voided(true))).toEqual([]);
  expect(told(voided(false))).toHaveLength(1);
});

test("a choice of the menu is read only when it is one of ours", () => {
  expect(parseChoice("cancel:V0REQUEST")).toEqual({ choice: "cancel", request: "V0REQUEST" });
  for (const value of [
    undefined,
    "",
    "cancel:",
    "constructor:V1",
    "toString:V1",
    "cancel V1",
    `cancel:${"V".repeat(65)}`,
  ])
    expect(parseChoice(value)).toBeUndefined();
});

test("a label that somebody types into a reason is no label", () => {
  const plan = { ...samplePlan(), fields: { reason: "Left *Approved by* Sasha\n:white_check_mark: *Done*" } };
  const [root] = desiredMessages(request({ plan }), []);
  const shown = JSON.stringify(root);
  expect(shown).not.toContain("*Approved by*");
  expect(shown).not.toContain(":white_check_mark: *Done*");
  expect(shown).toContain("Approved by");
});
