import { expect, test } from "vitest";
import { z } from "zod";
import { buildPlan, greatestRisk, hashPlan, type Plan } from "../../src/plan/plan.ts";
import type { Playbook, PlanStep } from "../../src/playbook/playbook.ts";
import { SAM, samplePlan } from "../workflow/sample-plan.ts";

function rehash({ hash: _hash, ...rest }: Plan): string {
  return hashPlan(rest);
}

/** Every way to change one value somewhere within: another text, another number, a member less, an item less. */
function* changesOf(value: unknown): Generator {
  if (typeof value === "string") yield `${value}!`;
  else if (typeof value === "number") yield value + 1;
  else if (typeof value === "boolean") yield !value;
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const changed of changesOf(item)) yield value.with(index, changed);
    }
  else if (typeof value === "object" && value !== null)
    for (const [name, member] of Object.entries(value)) {
      const { [name]: _left, ...rest } = value as Record<string, unknown>;
      yield rest;
      for (const changed of changesOf(member)) yield { ...value, [name]: changed };
    }
}

test("any change of what would run is a change of the hash", () => {
  const plan = samplePlan("delete");
  const { hash, ...rest } = plan;
  const hashes = [...changesOf(rest)].map((changed) => hashPlan(changed as Plan));
  expect(hashes.length).toBeGreaterThan(100);
  expect(hashes).not.toContain(hash);
});

test("the hash does not depend on the order of members, as a database may change it", () => {
  const plan = samplePlan();
  const turned = JSON.parse(
    JSON.stringify(plan, (_name, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ),
  ) as Plan;
  expect(rehash(turned)).toBe(plan.hash);
});

const read = (id: string, after: string[] = [], requires: string[] = []): PlanStep => ({
  id,
  title: id,
  operation: "zoom.user.get",
  input: { userId: "zoomSam" },
  after,
  requires,
});

function planOf(...steps: PlanStep[]): Plan {
  const playbook: Playbook<Record<string, unknown>> = {
    name: "test",
    title: "Test",
    fields: z.record(z.string(), z.unknown()),
    steps: () => steps,
  };
  return buildPlan(playbook, {}, SAM, { cloudflareZoneIds: [] });
}

const idsOf = (plan: Plan) => plan.steps.map(({ id }) => id);

test("steps stand after all they wait for, and otherwise as the playbook has them", () => {
  expect(idsOf(planOf(read("c", ["b"]), read("b", [], ["a"]), read("x"), read("a")))).toEqual([
    "x",
    "a",
    "b",
    "c",
  ]);
  expect(idsOf(planOf(read("a"), read("b"), read("c")))).toEqual(["a", "b", "c"]);
});

test("steps that wait for each other in a circle make no plan", () => {
  expect(() => planOf(read("a", ["b"]), read("b", ["a"]))).toThrow("circle");
  expect(() => planOf(read("a", ["a"]))).toThrow("circle");
  expect(() => planOf(read("a"), read("b", ["c"]), read("c", [], ["d"]), read("d", ["b"]))).toThrow("circle");
});

test("steps that wait for something else than a step, or share an id, make no plan", () => {
  expect(() => planOf(read("a", ["nothing"]))).toThrow("waits for nothing");
  expect(() => planOf(read("a", [], ["nothing"]))).toThrow("waits for nothing");
  expect(() => planOf(read("a"), read("a"))).toThrow("same id");
});

test("a step whose input its operation does not take makes no plan", () => {
  expect(() => planOf({ ...read("a"), input: { userId: "../victim" } })).toThrow("userId");
  expect(() => planOf({ ...read("a"), input: {} })).toThrow("userId");
  expect(() => planOf({ ...read("a"), operation: "zoom.user.nothing" })).toThrow("zoom.user.nothing");
});

test("a plan is as risky as its riskiest step", () => {
  expect(samplePlan("deactivate").risk).toBe("reversible");
  expect(samplePlan("disassociate").risk).toBe("irreversible");
  expect(samplePlan("delete").risk).toBe("irreversible");
  expect(planOf(read("a")).risk).toBe("read");
  expect(greatestRisk([])).toBe("read");
});
