import { expect, test } from "vitest";
import type { Request } from "../../../src/request/request.ts";
import { beginOrResume, type BeginContext } from "../../../src/workflow/run/begin-run.ts";
import { samplePlan } from "../sample-plan.ts";

const plan = { ...samplePlan(), steps: samplePlan().steps.filter(({ isSnapshot }) => !isSnapshot) };
const base = { id: "V0", plan, state: "approved", attempt: 2, round: 0 } as Request;

/** Where nothing may begin: whoever reaches for a part is told so. */
function context(answers: { mayStart?: boolean } = {}) {
  const asked: string[] = [];
  const parts = {
    mayStart: async () => {
      asked.push("mayStart");
      return answers.mayStart === true;
    },
  };
  const nothing = new Proxy(parts, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`${String(name)} was reached for.`);
    },
  }) as unknown as BeginContext;
  return { context: nothing, asked };
}

test.each([1, 3])("attempt %i begins nothing where attempt 2 is the one that may", async (attempt) => {
  for (const state of ["approved", "running", "pending", "cancelled"] as const) {
    const { context: nothing, asked } = context({ mayStart: true });
    const run = { requestId: "V0", attempt };
    expect(await beginOrResume(nothing, run, { ...base, state })).toBeUndefined();
    expect(asked).toEqual([]);
  }
});

test("what may not start now begins nothing", async () => {
  const { context: nothing, asked } = context({ mayStart: false });
  const run = { requestId: "V0", attempt: 2 };
  expect(await beginOrResume(nothing, run, base)).toBeUndefined();
  expect(asked).toEqual(["mayStart"]);
});
