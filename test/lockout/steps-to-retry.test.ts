import { expect, test } from "vitest";
import type { AuditEvent, Outcome, OutcomeFacts } from "../../src/audit/event.ts";
import { stepsToRetry } from "../../src/lockout/steps-to-retry.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { samplePlan } from "../workflow/sample-plan.ts";

const AT = new Date("2026-03-02T09:00:00Z");
const ALL_GOOD: Record<string, Outcome> = {
  snapshot: "verified",
  deactivate: "verified",
  delete: "verified",
  "revoke-sso-token": "accepted",
  "revoke-cloudflare-account": "verified",
  "revoke-cloudflare-zone-zone1": "accepted",
};

function ended(plan: Plan, outcomes: Record<string, Outcome>, facts: OutcomeFacts = {}): AuditEvent[] {
  return plan.steps.map(({ id, operation }) => ({
    id: `V1:run:step:${id}:finished`,
    requestId: "V1",
    type: "step.finished",
    actor: "deadbolt",
    at: AT,
    data: {
      stepId: id,
      operation,
      outcome: outcomes[id] ?? ALL_GOOD[id] ?? "failed",
      sentence: "",
      facts: outcomes[id] === undefined ? {} : facts,
    },
  }));
}

const deactivation = samplePlan("deactivate");
const deletion = samplePlan("delete");
const withFile: Plan = {
  ...deactivation,
  steps: deactivation.steps.map((step) => (step.id === "deactivate" ? { ...step, kept: ["file"] } : step)),
};

test.each<[string, Plan, Record<string, Outcome>, OutcomeFacts, string[]]>([
  ["nothing failed", deactivation, {}, {}, []],
  ["a refusal", deactivation, { deactivate: "failed" }, {}, ["deactivate"]],
  [
    "what was not confirmed and may be repeated",
    deactivation,
    { deactivate: "unverified" },
    {},
    ["deactivate"],
  ],
  ["what may have happened and must not happen twice", deletion, { delete: "unverified" }, {}, []],
  ["a deletion without an answer", deletion, { delete: "failed" }, { unknown: true }, []],
  ["a deletion that was refused", deletion, { delete: "failed" }, {}, ["delete"]],
  ["a person who is gone, where that is fine", deletion, { "revoke-sso-token": "not_found" }, {}, []],
  [
    "a person who is gone, where it is not",
    deactivation,
    { "revoke-sso-token": "not_found" },
    {},
    ["revoke-sso-token"],
  ],
  ["what somebody changed since", deactivation, { deactivate: "skipped" }, { changedSince: true }, []],
  ["a file that was deleted with the request", withFile, { deactivate: "failed" }, {}, []],
  ["a snapshot after the change", deactivation, { snapshot: "failed" }, {}, []],
  [
    "a snapshot that kept the deletion from being sent",
    deletion,
    {
      snapshot: "failed",
      delete: "skipped",
      "revoke-sso-token": "failed",
      "revoke-cloudflare-account": "failed",
      "revoke-cloudflare-zone-zone1": "failed",
    },
    {},
    ["snapshot", "delete", "revoke-sso-token", "revoke-cloudflare-account", "revoke-cloudflare-zone-zone1"],
  ],
])("retry after %s", (_name, plan, outcomes, facts, expected) => {
  expect(stepsToRetry(plan, ended(plan, outcomes, facts)).toSorted()).toEqual(expected.toSorted());
});
