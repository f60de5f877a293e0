import { expect, test } from "vitest";
import type { Request } from "../../../src/request/request.ts";
import { createRecentChecks } from "../../../src/workflow/start/checked-just-now.ts";
import { samplePlan } from "../sample-plan.ts";

const NOTED = Date.UTC(2026, 5, 1, 12);
const request = { id: "V0", plan: samplePlan() } as Request;
const after = (milliseconds: number) => new Date(NOTED + milliseconds);

test.each([
  [-1, "none"],
  [0, "fresh"],
  [3_000, "fresh"],
  [3_001, "good"],
  [30_000, "good"],
  [30_001, "none"],
])("a check is %i ms later %s", (passed, age) => {
  const checks = createRecentChecks();
  checks.note(request, "policy1", new Date(NOTED));
  expect(checks.ageOf(request, "policy1", after(passed))).toBe(age);
});

test("a check says nothing of another policy, plan or request", () => {
  const checks = createRecentChecks();
  checks.note(request, "policy1", new Date(NOTED));
  const others: [Request, string][] = [
    [request, "policy2"],
    [{ ...request, plan: { ...request.plan, hash: "other" } }, "policy1"],
    [{ ...request, id: "V1" }, "policy1"],
  ];
  for (const [other, version] of others) expect(checks.ageOf(other, version, after(0))).toBe("none");
});

test("a later check forgets what is too old, and keeps the rest", () => {
  const checks = createRecentChecks();
  checks.note(request, "policy1", new Date(NOTED));
  checks.note({ ...request, id: "V1" }, "policy1", after(30_000));
  expect(checks.ageOf(request, "policy1", after(0))).toBe("fresh");
  checks.note({ ...request, id: "V2" }, "policy1", after(30_001));
  expect(checks.ageOf(request, "policy1", after(0))).toBe("none");
});
