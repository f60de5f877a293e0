import { expect, test } from "vitest";
import { runRequest, type Durable, type RunActions } from "../../../src/workflow/run/run-request.ts";
import type { RunSummary } from "../../../src/workflow/events/run-events.ts";
import type { StepResult } from "../../../src/workflow/events/step-result.ts";
import type { StepRun } from "../../../src/workflow/step/step-context.ts";
import { samplePlan } from "../sample-plan.ts";

const VERIFIED: StepResult = { outcome: "verified", sentence: "Read back: it took hold.", facts: {} };

/** An engine that keeps results in memory; a second run on it is a resumed one. */
function createEngine() {
  const kept = new Map<string, unknown>();
  const numbered: string[] = [];
  const durable: Durable = {
    async step(name, work) {
      numbered.push(name);
      const key = `${numbered.length} ${name}`;
      if (!kept.has(key)) kept.set(key, await work());
      return kept.get(key) as Awaited<ReturnType<typeof work>>;
    },
  };
  return {
    durable,
    numbered,
    /** The process died: what was kept stays, what was counted begins again. */
    restart: () => void numbered.splice(0),
  };
}

/** Steps that end when the test says so. */
function createSteps(plan = samplePlan()) {
  const started: string[] = [];
  const finished: RunSummary[] = [];
  const runs = new Map<string, StepRun>();
  const before = new Map<string, ReadonlyMap<string, StepResult>>();
  const ends = new Map<string, PromiseWithResolvers<StepResult>>();
  const endOf = (id: string) => {
    const end = ends.get(id) ?? Promise.withResolvers<StepResult>();
    ends.set(id, end);
    return end;
  };
  const actions: RunActions = {
    begin: () => Promise.resolve(plan),
    async runStep(run) {
      before.set(run.step.id, await run.ready());
      started.push(run.step.id);
      runs.set(run.step.id, run);
      return endOf(run.step.id).promise;
    },
    pause: () => new Promise(() => undefined),
    finish: (_requestId, summary) => Promise.resolve(void finished.push(summary)),
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    actions,
    started,
    finished,
    before: (id: string) => before.get(id),
    settle,
    async end(id: string, result: StepResult = VERIFIED) {
      endOf(id).resolve(result);
      await settle();
    },
    async answer(id: string) {
      runs.get(id)?.onAnswered();
      await settle();
    },
    async breakDown(id: string) {
      endOf(id).reject(new Error(`${id} broke down`));
      await settle();
    },
  };
}

test("steps start when those they wait for have ended, and those without an order side by side", async () => {
  const steps = createSteps();
  const run = runRequest(createEngine().durable, steps.actions, { requestId: "request1", attempt: 0 });
  await steps.settle();
  expect(steps.started).toEqual(["snapshot"]);
  await steps.end("snapshot");
  expect(steps.started.slice(1).toSorted()).toEqual([
    "deactivate",
    "revoke-cloudflare-account",
    "revoke-cloudflare-zone-zone1",
  ]);
  await steps.end("revoke-cloudflare-account");
  await steps.end("revoke-cloudflare-zone-zone1");
  await steps.end("deactivate");
  expect(steps.started.at(-1)).toBe("revoke-sso-token");
  await steps.end("revoke-sso-token");
  expect(await run).toMatchObject({ state: "done" });
  expect(steps.finished).toEqual([await run]);
});

test("what only comes after a step starts at its answer and does not wait for its proof", async () => {
  const steps = createSteps();
  const run = runRequest(createEngine().durable, steps.actions, { requestId: "request1", attempt: 0 });
  await steps.settle();
  await steps.end("snapshot");
  await steps.answer("deactivate");
  expect(steps.started).toContain("revoke-sso-token");
  for (const id of ["revoke-sso-token", "revoke-cloudflare-account", "revoke-cloudflare-zone-zone1"])
    await steps.end(id);
  expect(steps.finished).toEqual([]);
  await steps.end("deactivate");
  await run;
});

test("what requires a step waits for its end, and is told how it ended", async () => {
  const steps = createSteps(samplePlan("delete"));
  const run = runRequest(createEngine().durable, steps.actions, { requestId: "request1", attempt: 0 });
  await steps.settle();
  await steps.answer("snapshot");
  expect(steps.started).not.toContain("delete");
  const failed: StepResult = { outcome: "failed", sentence: "The Zoom user could not be read.", facts: {} };
  await steps.end("snapshot", failed);
  expect(steps.before("delete")?.get("snapshot")).toEqual(failed);
  const rest = ["delete", "revoke-sso-token", "revoke-cloudflare-account", "revoke-cloudflare-zone-zone1"];
  for (const id of rest) await steps.end(id);
  expect(await run).toMatchObject({ state: "partly_done" });
});

test("a resumed run numbers its steps as the first one did and repeats none that had ended", async () => {
  const engine = createEngine();
  const first = createSteps();
  void runRequest(engine.durable, first.actions, { requestId: "request1", attempt: 0 });
  await first.settle();
  await first.end("snapshot");
  // The last in the plan ends first; then the power fails.
  await first.end("revoke-cloudflare-zone-zone1");
  const order = [...engine.numbered];

  engine.restart();
  const second = createSteps();
  const run = runRequest(engine.durable, second.actions, { requestId: "request1", attempt: 0 });
  await second.settle();
  expect(engine.numbered).toEqual(order);
  expect(second.started.toSorted()).toEqual(["deactivate", "revoke-cloudflare-account"]);
  for (const id of ["deactivate", "revoke-cloudflare-account", "revoke-sso-token"]) await second.end(id);
  expect(await run).toMatchObject({ state: "done" });
});

test("a step that breaks down does not end the request while others are at work", async () => {
  const steps = createSteps();
  let isOver = false;
  const run = runRequest(createEngine().durable, steps.actions, {
    requestId: "request1",
    attempt: 0,
  }).finally(() => {
    isOver = true;
  });
  run.catch(() => undefined);
  await steps.settle();
  await steps.end("snapshot");
  await steps.breakDown("revoke-cloudflare-account");
  expect(isOver).toBe(false);
  for (const id of ["deactivate", "revoke-sso-token", "revoke-cloudflare-zone-zone1"]) await steps.end(id);
  await expect(run).rejects.toThrow("broke down");
  expect(steps.finished).toEqual([]);
});

test("a step whose start was written down with the request is not taken for unsent when it is tried again", async () => {
  const steps = createSteps();
  const begunWhen: boolean[] = [];
  const again: Durable = {
    // The database went away in the middle of the step, and came back.
    async step(name, work) {
      if (name === "snapshot") await work().catch(() => undefined);
      return work();
    },
  };
  void runRequest(
    again,
    {
      ...steps.actions,
      begin: () => Promise.resolve({ ...samplePlan(), begun: ["snapshot"] }),
      async runStep(run, plan) {
        if (run.step.id !== "snapshot") return steps.actions.runStep(run, plan);
        begunWhen.push(run.isBegun);
        if (begunWhen.length === 1) throw new Error("the connection was lost");
        return VERIFIED;
      },
    },
    { requestId: "request1", attempt: 0 },
  );
  await steps.settle();
  expect(begunWhen).toEqual([true, false]);
});
