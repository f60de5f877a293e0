import { expect, test } from "vitest";
import type { Policy } from "../../../src/permission/schema.ts";
import { powerSuspended, suspensionOf } from "../../../src/workflow/start/suspend-power.ts";
import { samplePlan, sampleRequest } from "../sample-plan.ts";

const at = new Date(Date.UTC(2026, 5, 1, 12));
const plan = samplePlan();
const policy: Policy = {
  version: 1,
  approvals: [],
  roles: {},
  identities: [
    ["sam@northwind.example", "U0SAM2"],
    ["U0SAM2", "Sam@Old.example"],
    ["U0RILEY", "riley@northwind.example"],
  ],
};
const request = sampleRequest(at, { id: "V0SUSPEND", plan });

test("whoever loses their access loses their power under every name that the policy links, and nobody else does", () => {
  const suspension = suspensionOf(policy, request, at);
  expect(suspension).toMatchObject({ requestId: "V0SUSPEND", since: at, slackId: "U0SAM" });
  expect(suspension?.names).toEqual(
    expect.arrayContaining(["u0sam", "u0sam2", "sam@northwind.example", "sam@old.example"]),
  );
  expect(suspension?.names).not.toContain("u0riley");
  expect(powerSuspended(request, at)).toMatchObject({
    id: "V0SUSPEND:suspended",
    type: "power.suspended",
    data: { person: "U0SAM" },
  });
});

test("what takes no access suspends nobody", () => {
  const harmless = { ...request, playbook: "zoom.user.get", plan: { ...plan, steps: [] } };
  expect(suspensionOf(policy, harmless, at)).toBeUndefined();
});
