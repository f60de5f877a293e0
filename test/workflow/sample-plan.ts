import { buildPlan, type Plan } from "../../src/plan/plan.ts";
import { offboardFields, zoomOffboard, type OffboardAction } from "../../src/playbook/zoom-offboard.ts";
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
