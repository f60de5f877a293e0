import { expect, test } from "vitest";
import type { AuditEvent } from "../../../src/audit/event.ts";
import { desiredMessages } from "../../../views/thread/thread.ts";
import type { RequestSummary } from "../../../views/request/summary.ts";
import { samplePlan } from "../../workflow/sample-plan.ts";

const AT = new Date("2026-03-02T09:00:00Z");
const APPROVER = "U0NOOR";

function messages(state: string, last: Pick<AuditEvent, "type" | "data" | "actor">) {
  const request: RequestSummary = {
    id: "V1",
    plan: samplePlan(),
    requesterId: "U0RILEY",
    state,
    decision: {
      kind: "needs_approval",
      because: "",
      rules: [{ description: "" }],
      approvers: [APPROVER, "U0SASHA"],
    },
    channel: "C1",
    createdAt: AT,
    expiresAt: AT,
  };
  const events = [
    {
      id: "V1:decision",
      requestId: "V1",
      at: AT,
      type: "decision.made",
      actor: APPROVER,
      data: { verdict: "approve", roles: [], planHash: "h", secondFactor: false },
    },
    { id: "V1:last", requestId: "V1", at: AT, ...last },
  ] as AuditEvent[];
  const desired = desiredMessages(request, events);
  const textOf = (id: string) => JSON.stringify(desired.find((one) => one.id === id)?.blocks);
  return { root: textOf("V1:root"), approver: textOf(`V1:approver:${APPROVER}`) };
}

test("a void request says why in the channel, and names nobody who approved as its cause", () => {
  const reason = "Whoever asked may not have this run any more.";
  const { root, approver } = messages("cancelled", {
    type: "request.voided",
    actor: "deadbolt",
    data: { reason },
  });
  expect(root).toContain(`*Why:* ${reason}`);
  expect(approver).toContain("Cancelled or void. Nothing was done.*");
  expect(approver).not.toContain(`by <@${APPROVER}>`);
});

test("a denied request says who denied it and why in the channel's message, and not that an approver did", () => {
  const { root, approver } = messages("denied", {
    type: "request.denied",
    actor: "deadbolt",
    data: { by: "U0SASHA", reason: "They *stay*" },
  });
  expect(root).toContain("*By:* <@U0SASHA>\\n*Reason:* They *\u200Bstay*\u200B");
  expect(approver).not.toContain(`by <@${APPROVER}>`);
});

test("a cancelled request says who cancelled it and why", () => {
  const { root } = messages("cancelled", {
    type: "request.cancelled",
    actor: "U0RILEY",
    data: { reason: "Sam stays after all" },
  });
  expect(root).toContain("*By:* <@U0RILEY>\\n*Reason:* Sam stays after all");
});

test("whoever approved is named where it runs", () => {
  const { approver } = messages("approved", {
    type: "request.approved",
    actor: "deadbolt",
    data: { by: [APPROVER] },
  } as never);
  expect(approver).toContain(`Approved, by <@${APPROVER}>`);
});
