import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { badInputs } from "./bad-inputs.ts";
import { connectTo, type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { type RecordingServer, startRecordingServer } from "./recording-server.ts";
import { sampleInput } from "./sample-inputs.ts";

/** A text that is no field, no word and no id of anything. */
const surprises = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => `? ${text}`);

let world: PreparedWorld;
let server: RecordingServer;
let connector: Connector;

beforeAll(async () => {
  [world, server] = await Promise.all([startPreparedWorld(), startRecordingServer()]);
  ({ connector } = connectTo(world, { zoom: server.url, cloudflare: server.url }));
});

afterAll(async () => {
  await Promise.all([world?.close(), server?.close()]);
});

/** Whether an input was refused as a fault of ours. */
async function isRefused(operation: (typeof operations)[number], input: unknown): Promise<boolean> {
  try {
    await connector.execute(operation, input);
    return false;
  } catch (error) {
    return error instanceof TypeError && error.message.includes("input that it does not take");
  }
}

it.each(operations)("$name refuses every broken input before anything is sent", async (operation) => {
  const good = sampleInput(world, operation);
  await fc.assert(
    fc.asyncProperty(surprises, async (surprise) => {
      const broken = badInputs(operation, good, surprise);
      expect(broken.length).toBeGreaterThan(0);
      for (const { fault, input } of broken)
        expect({ fault, isRefused: await isRefused(operation, input) }).toEqual({ fault, isRefused: true });
      expect(server.seen).toEqual([]);
    }),
    { numRuns: 3 },
  );
});

it("the same connector sends what is not broken", async () => {
  const operation = operations[0];
  if (operation === undefined) throw new Error("The catalogue is empty.");
  expect(await isRefused(operation, sampleInput(world, operation))).toBe(false);
  expect(server.seen).toHaveLength(1);
});
