import { buildPlan, type Plan } from "../../src/plan/plan.ts";
import { offboardFields, zoomOffboard, type OffboardAction } from "../../src/playbook/zoom-offboard.ts";
import type { Request } from "../../src/request/request.ts";
import type { Target } from "../../src/target/target.ts";

export const SAM: Target = {
  email: "sam@northwind.example",
  name: "Sam Rivers",
  slackId: "U0SAM",
  zoomUserId: "zoomSam",
  zoomEmail: "sam@northwind.example",
  cloudflareUserId: "accessSam",
  found: [],
};

/** The plan of one offboarding with one account and one zone. */
export function samplePlan(action: OffboardAction = "deactivate"): Plan {
  const fields = offboardFields.parse({ action, revokeCloudflare: true, reason: "Left the company" });
  return buildPlan(zoomOffboard, fields, SAM, {
    cloudflareAccountId: "account1",
    cloudflareZoneIds: ["zone1"],
  });
}

/** A request that was allowed at once and has not begun, but for the changes. */
export function sampleRequest(
  at: Date,
  { plan = samplePlan(), ...changes }: Pick<Request, "id"> & Partial<Request>,
): Request {
  return {
    playbook: plan.playbook,
    requester: { id: "U0RILEY" },
    plan,
    state: "approved",
    decision: { kind: "allowed", because: "", rules: [] },
    policyVersion: "policy1",
    channel: "C0",
    createdAt: at,
    expiresAt: null,
    nextDeadline: null,
    decidedAt: at,
    startedAt: null,
    finishedAt: null,
    attempt: 0,
    round: 0,
    ...changes,
  };
}
