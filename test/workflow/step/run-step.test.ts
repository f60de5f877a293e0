import { expect, test } from "vitest";
import type { PlanStep } from "../../../src/playbook/playbook.ts";
import { runStep } from "../../../src/workflow/step/run-step.ts";
import type { StepContext } from "../../../src/workflow/step/step-context.ts";
import type { StepResult } from "../../../src/workflow/events/step-result.ts";
import { createPretendContext, vendorFailure } from "../pretend-context.ts";
import { SAM, samplePlan } from "../sample-plan.ts";

const GET = "zoom.user.get";
const DELETE = "zoom.user.delete";
const user = { id: SAM.zoomUserId, email: SAM.zoomEmail, status: "active", type: 2, login_types: [101] };
const gone = vendorFailure("not_found", { status: 404, code: 1001 });
const VERIFIED: StepResult = { outcome: "verified", sentence: "", facts: {} };

function stepOf(id: string, action: "deactivate" | "delete" = "delete"): PlanStep {
  const step = samplePlan(action).steps.find((candidate) => candidate.id === id);
  if (step === undefined) throw new Error(`There is no step ${id}.`);
  return step;
}

function run(
  context: StepContext,
  id: string,
  before: [string, StepResult][] = [["snapshot", VERIFIED]],
  followers: string[] = [],
) {
  const step = stepOf(id);
  return runStep(context, {
    requestId: "request1",
    step,
    target: SAM,
    round: 0,
    followers,
    isBegun: false,
    answered: async () => undefined,
    answeredAt: () => undefined,
    isOvertaken: () => false,
    ready: () => Promise.resolve(new Map(before)),
    onSent: () => undefined,
    onAnswered: () => undefined,
  });
}

/** The step was begun by a process that died. */
async function begun(context: StepContext, id: string): Promise<void> {
  const { operation, input } = stepOf(id);
  await context.audit({
    id: `request1:step:${id}:started`,
    requestId: "request1",
    type: "step.started",
    actor: "deadbolt",
    at: new Date(0),
    data: { stepId: id, operation, input },
  });
}

test("nothing is sent before it is written down", async () => {
  const { context, calls } = createPretendContext({ [DELETE]: [undefined], [GET]: [gone] });
  const deaf: StepContext = { ...context, audit: () => Promise.reject(new Error("the disk is full")) };
  await expect(run(deaf, "delete")).rejects.toThrow("the disk is full");
  expect(calls).toEqual([]);
});

test("a deletion in doubt after a crash is read back and not sent again", async () => {
  const { context, calls } = createPretendContext({ [GET]: [gone] });
  await begun(context, "delete");
  expect(await run(context, "delete")).toMatchObject({ outcome: "verified" });
  expect(calls).toEqual([GET]);
});

test("a deletion in doubt that cannot be read back is not sent again and not told as done", async () => {
  const { context, calls } = createPretendContext({ [GET]: [vendorFailure("timeout")] });
  await begun(context, "delete");
  const result = await run(context, "delete");
  expect(result).toMatchObject({ outcome: "unverified" });
  expect(result.facts.advice).toContain("Zoom console");
  expect(calls).not.toContain(DELETE);
});

test("a deletion in doubt that shows no effect is sent, and a late effect of the first one is seen", async () => {
  // Zoom's reads lag: the user still shows, and is gone for writes.
  const { context, calls } = createPretendContext({ [GET]: [user, user, user, gone], [DELETE]: [gone] });
  await begun(context, "delete");
  expect(await run(context, "delete")).toMatchObject({ outcome: "verified" });
  expect(calls.filter((name) => name === DELETE)).toHaveLength(1);
});

test("a user who was gone before the first call is not found, which is not done", async () => {
  const { context } = createPretendContext({ [GET]: [gone], [DELETE]: [gone] });
  expect(await run(context, "delete")).toMatchObject({ outcome: "not_found" });
});

test("a step whose end was told before a crash ends as it was told, and sends nothing", async () => {
  const first = createPretendContext({ [DELETE]: [vendorFailure("refused", { status: 400, code: 200 })] });
  const told = await run(first.context, "delete");
  expect(told).toMatchObject({ outcome: "failed" });
  const sent = first.calls.length;
  expect(await run(first.context, "delete")).toEqual(told);
  expect(first.calls).toHaveLength(sent);
  expect(first.events.filter(({ type }) => type === "step.finished")).toHaveLength(1);
});

test("the wrong person behind the ids is found again after a crash, whatever was told", async () => {
  const { context } = createPretendContext({ [GET]: [{ ...user, email: "else@northwind.example" }] });
  expect(await run(context, "snapshot", [])).toMatchObject({ outcome: "failed", wrongPerson: true });
  expect(await run(context, "snapshot", [])).toMatchObject({ outcome: "failed", wrongPerson: true });
});

test("the wrong person stops every step, directly and at second hand", async () => {
  const { context, calls } = createPretendContext({});
  const wrong: StepResult = { outcome: "failed", sentence: "STOPPED", facts: {}, wrongPerson: true };
  const removal = await run(context, "delete", [["snapshot", wrong]]);
  expect(removal).toMatchObject({ outcome: "skipped", wrongPerson: true });
  expect(await run(context, "revoke-sso-token", [["delete", removal]])).toMatchObject({
    outcome: "skipped",
    wrongPerson: true,
  });
  expect(calls).toEqual([]);
});

test("a deletion that was done before a crash is done, although the step before it finds nobody any more", async () => {
  const { context, calls } = createPretendContext({ [GET]: [user, gone] });
  // The snapshot was taken, the deletion was sent, and the process died.
  await run(context, "snapshot", [], ["delete"]);
  await begun(context, "delete");
  const snapshot = await run(context, "snapshot", [], ["delete"]);
  expect(snapshot).toMatchObject({ outcome: "verified" });
  expect(await run(context, "delete", [["snapshot", snapshot]])).toMatchObject({ outcome: "verified" });
  expect(calls).toEqual([GET, GET]);
});

test("a snapshot that had not ended before the crash is not taken of what the deletion left behind", async () => {
  const { context, calls, snapshots } = createPretendContext({ [GET]: [gone] });
  await begun(context, "snapshot");
  await begun(context, "delete");
  const snapshot = await run(context, "snapshot", [], ["delete"]);
  expect(snapshot).toMatchObject({ outcome: "accepted" });
  expect(snapshots).toEqual([]);
  expect(await run(context, "delete", [["snapshot", snapshot]])).toMatchObject({ outcome: "verified" });
  expect(calls).not.toContain(DELETE);
});

test("a deletion that was begun before a crash and that nothing shows is neither sent without its snapshot nor told as unsent", async () => {
  const failed: StepResult = { outcome: "failed", sentence: "", facts: {} };
  const { context, calls } = createPretendContext({ [GET]: [user] });
  await begun(context, "delete");
  const result = await run(context, "delete", [["snapshot", failed]]);
  expect(result).toMatchObject({ outcome: "failed" });
  expect(result.sentence).toContain("may have been sent before a restart");
  expect(calls).not.toContain(DELETE);
});
