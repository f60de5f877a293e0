import type { Operation } from "../../src/catalogue/operation.ts";
import { cloudflareSampleInputs } from "./cloudflare-sample-inputs.ts";
import type { PreparedWorld } from "./prepared-world.ts";
import { slackSampleInputs } from "./slack-sample-inputs.ts";
import { type Input, type SampleInput, zoomSampleInputs } from "./zoom-sample-inputs.ts";

/** What makes a good input for each operation, by name. */
export const sampleInputs: Readonly<Record<string, SampleInput>> = {
  ...zoomSampleInputs,
  ...cloudflareSampleInputs,
  ...slackSampleInputs,
};

/**
 * One good input for an operation; whatever it is about has just been put into the world.
 * @throws Error, saying where to add it, when there is none
 */
export function sampleInput(
  world: PreparedWorld,
  { name, vendor }: Pick<Operation, "name" | "vendor">,
): Input {
  const sample = sampleInputs[name];
  if (sample === undefined)
    throw new Error(
      `${name} has no good input: add one to test/catalogue-table/${vendor}-sample-inputs.ts, and the tests of the whole catalogue cover it.`,
    );
  return sample(world);
}
