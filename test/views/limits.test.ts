import fc from "fast-check";
import { expect, test } from "vitest";
import { textLength, validateBlocks, validateView } from "../../playground/slack/validate-blocks.ts";
import type { AuditEvent, Outcome } from "../../src/audit/event.ts";
import { buildPlan } from "../../src/plan/plan.ts";
import { OFFBOARD_ACTIONS, TRANSFERABLE, zoomOffboard } from "../../src/playbook/zoom-offboard.ts";
import { offboardForm } from "../../views/offboard/form.ts";
import type { RequestSummary } from "../../views/request/summary.ts";
import { desiredMessages } from "../../views/thread/thread.ts";

const MESSAGE_CHARACTERS = 13_200;

/** What a hostile or merely unlucky person types: markup, mentions, direction changes, astral characters. */
const nastyText = (maximum: number) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "<!channel>",
          "<@U0EVE>",
          "&&&&",
          "<https://evil.example|bank>",
          "\u202e",
          "*",
          "\n",
          "😀",
          "\u0007",
        ),
        fc.string({ unit: "binary", maxLength: 40 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => `x${parts.join("")}`.slice(0, maximum).toWellFormed());

const outcomes: Outcome[] = ["verified", "accepted", "unverified", "not_found", "failed", "skipped"];

const summaries = fc
  .record({
    action: fc.constantFrom(...OFFBOARD_ACTIONS),
    reason: nastyText(1_000),
    name: nastyText(80),
    ticket: fc.option(fc.constant(`https://tickets.example/${"a".repeat(470)}`), { nil: undefined }),
    zones: fc.integer({ min: 0, max: 60 }),
    transfer: fc.subarray([...TRANSFERABLE]),
    inSlack: fc.boolean(),
    state: fc.constantFrom("pending", "running", "done", "partly_done", "failed", "denied", "expired"),
    outcome: fc.constantFrom(...outcomes),
    vendorMessage: nastyText(300),
  })
  .map(({ action, reason, name, ticket, zones, transfer, inSlack, state, outcome, vendorMessage }) => {
    const leaves = action !== "deactivate";
    const fields = zoomOffboard.fields.parse({
      action,
      revokeCloudflare: true,
      reason: reason.trim(),
      transfer: leaves ? transfer : [],
      ...(ticket === undefined ? {} : { ticket }),
      ...(leaves && transfer.length > 0
        ? { transferEmail: `${"r".repeat(60)}@${"d".repeat(60)}.example` }
        : {}),
    });
    const target = {
      email: `${"s".repeat(60)}@${"d".repeat(60)}.example`,
      name,
      zoomUserId: "zoomzoomzoomzoomzoomzo",
      zoomEmail: `${"s".repeat(60)}@${"d".repeat(60)}.example`,
      found: [],
      ...(inSlack ? { slackId: "U0SAM" } : {}),
    };
    const plan = buildPlan(zoomOffboard, fields, target, {
      cloudflareAccountId: "a".repeat(32),
      cloudflareZoneIds: Array.from({ length: zones }, (_unused, index) =>
        index.toString(16).padStart(32, "0"),
      ),
    });
    const request: RequestSummary = {
      id: "V0REQUEST",
      plan,
      requesterId: "U0RILEY",
      state,
      decision: { kind: "needs_approval", because: "", rules: [{ description: "One person must approve." }] },
      channel: "C0OFFBOARD",
      createdAt: new Date(0),
      expiresAt: new Date(86_400_000),
    };
    const base = { requestId: request.id, actor: "deadbolt", at: new Date(0) };
    const events: AuditEvent[] =
      state === "pending"
        ? []
        : [
            {
              ...base,
              id: "V0REQUEST:decision:U0ALEX",
              actor: "U0ALEX",
              type: "decision.made",
              data: { verdict: "deny", roles: ["it-admins"], planHash: plan.hash, reason: fields.reason },
            },
            { ...base, id: "V0REQUEST:run:started", type: "run.started", data: { steps: plan.steps.length } },
            ...plan.steps.map((step): AuditEvent => ({
              ...base,
              id: `V0REQUEST:step:${step.id}:finished`,
              type: "step.finished",
              data: {
                stepId: step.id,
                operation: step.operation,
                outcome,
                sentence: "No clear answer came. Treat it as NOT done.",
                facts: { status: 400, code: 200, attempts: 3, vendorMessage, advice: "Look at this user." },
              },
            })),
          ];
    return { request, events, reason: fields.reason };
  });

test("whatever is typed, every message fits Slack's limits and shows every step", () => {
  fc.assert(
    fc.property(summaries, ({ request, events }) => {
      const messages = desiredMessages(request, events);
      for (const message of messages) {
        expect(validateBlocks(message.blocks, "message")).toEqual([]);
        expect(textLength(message.blocks)).toBeLessThanOrEqual(MESSAGE_CHARACTERS);
        expect(message.blocks.length).toBeLessThanOrEqual(50);
        expect(message.text.length).toBeGreaterThan(0);
        expect(message.text.length).toBeLessThanOrEqual(4_000);
      }
      const root = JSON.stringify(messages[0]?.blocks);
      for (const step of request.plan.steps.filter(({ id }) => id.includes("zone")))
        expect(root).toContain(step.title);
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    }),
    { numRuns: 300 },
  );
});

/** Only mrkdwn is interpreted; plain text shows what it holds. */
function mrkdwnTexts(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap((member) => mrkdwnTexts(member));
}

test("nothing that somebody typed becomes a mention, a link or a change of direction", () => {
  fc.assert(
    fc.property(summaries, ({ request, events }) => {
      for (const message of desiredMessages(request, events)) {
        const shown = [message.text, ...mrkdwnTexts(message.blocks)].join("\n");
        expect(shown).not.toContain("<!channel>");
        expect(shown).not.toContain("<@U0EVE>");
        expect(shown).not.toContain("<https://evil");
        expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
    { numRuns: 300 },
  );
});

test("the form is one that Slack opens, however it comes back", () => {
  fc.assert(
    fc.property(
      fc.record({
        action: fc.constantFrom(...OFFBOARD_ACTIONS),
        cloudflareConfigured: fc.boolean(),
        faults: fc.array(nastyText(500), { maxLength: 4 }),
        reason: nastyText(1_000),
        transfer: fc.subarray([...TRANSFERABLE]),
      }),
      ({ action, cloudflareConfigured, faults, reason, transfer }) => {
        const view = offboardForm({
          target: { slackId: "U0SAM", email: "sam@northwind.example" },
          action,
          cloudflareConfigured,
          faults,
          entered: { reason, transfer, revokeCloudflare: false, confirm: "sam@northwind.example" },
        });
        expect(validateView(view, "modal")).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});
