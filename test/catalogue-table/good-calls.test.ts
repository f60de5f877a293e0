import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import { isProven, readBackUntil } from "../../src/workflow/step/read-back.ts";
import { type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { sampleInput, sampleInputs } from "./sample-inputs.ts";

let world: PreparedWorld;

beforeAll(async () => {
  world = await startPreparedWorld();
});

afterAll(() => world.close());

describe.each(operations)("$name", (operation) => {
  it("has a good input among the samples, which its schema takes", () => {
    expect(operation.input.safeParse(sampleInput(world, operation)).error).toBeUndefined();
  });

  it("is answered by the pretend vendor with a success", async () => {
    const { calls } = world[operation.vendor];
    const input = sampleInput(world, operation);
    const before = calls.length;
    await world.connector.execute(operation, input);
    const { method, path } = operation.call(operation.input.parse(input));
    const made = calls
      .slice(before)
      .filter(({ request }) => request.method === method && request.path.endsWith(path));
    expect(made.length).toBeGreaterThan(0);
    for (const { outcome } of made)
      expect(outcome).toMatchObject({ status: expect.toSatisfy((status) => status >= 200 && status < 300) });
  });

  it.runIf(operation.readBack)("is proven by its read-back, and not before it is made", async () => {
    const input = sampleInput(world, operation);
    expect(await isProven(world.connector, operation, input)).toBe("not_proven");
    await world.connector.execute(operation, input);
    const context = {
      execute: world.connector.execute.bind(world.connector),
      clock: { ...world.clock, elapsed: () => world.clock.now() },
      readBackMilliseconds: 1_000,
    };
    expect(await readBackUntil(context, operation, input)).toEqual({
      proven: true,
      sentence: "Read back: it took hold.",
      facts: {},
    });
  });
});

it("has no sample for an operation that is not in the catalogue", () => {
  const names = new Set(operations.map(({ name }) => name));
  expect(Object.keys(sampleInputs).filter((name) => !names.has(name))).toEqual([]);
});
