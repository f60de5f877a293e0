import { describe, expect, it } from "vitest";
import type { DocumentedError, Operation } from "../../src/catalogue/operation.ts";
import { operations } from "../../src/catalogue/registry.ts";
import { isVendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";
import { cloudflareProvocation } from "./cloudflare-provocations.ts";
import { isOnDemandOnly } from "./on-demand-only.ts";
import { startPreparedWorld } from "./prepared-world.ts";
import type { Provocation } from "./provocation.ts";
import { sampleInput } from "./sample-inputs.ts";
import { slackProvocation } from "./slack-provocations.ts";
import { nameOf } from "./vendor-refusals.ts";
import { zoomProvocation } from "./zoom-provocations.ts";

const PROVOCATIONS = { zoom: zoomProvocation, cloudflare: cloudflareProvocation, slack: slackProvocation };

interface Case {
  name: string;
  operation: Operation;
  error: DocumentedError;
  provocation: Provocation | undefined;
}

const cases: Case[] = operations.flatMap((operation) =>
  (operation.errors ?? []).map((error) => ({
    name: `${operation.name} is refused with ${nameOf(error)}`,
    operation,
    error,
    provocation: PROVOCATIONS[operation.vendor](operation, nameOf(error)),
  })),
);

const provoked = cases.filter(
  (one): one is Case & { provocation: Provocation } => one.provocation !== undefined,
);

/** Makes the call until it is refused, and answers how. */
async function provoke(operation: Operation, provocation: Provocation, status: number) {
  const world = await startPreparedWorld(provocation.options);
  try {
    const input = provocation.provoke(world, sampleInput(world, operation));
    let refusal: VendorErrorFacts | undefined;
    for (let made = 0; made < (provocation.calls ?? 1) && refusal?.status !== status; made += 1)
      try {
        await world.connector.execute(operation, input);
      } catch (error) {
        if (!isVendorError(error)) throw error;
        refusal = error.facts;
      }
    return refusal;
  } finally {
    await world.close();
  }
}

describe("by the pretend vendor's own rules", () => {
  // Names by %s: those by $name are cut.
  it.each(provoked.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { operation, error, provocation } = one;
    const refusal = await provoke(operation, provocation, error.status);
    expect(refusal).toMatchObject({
      operation: operation.name,
      status: error.status,
      ...(error.code === undefined ? {} : { code: error.code }),
      ...(operation.vendor === "slack" ? {} : { vendorMessage: expect.stringMatching(/\w/) }),
      mayHaveHappened: false,
      advice: expect.stringMatching(/^[A-Z].*\w.*\.$/),
    });
  });
});

it("every other documented refusal is known to come only when a test asks for it", () => {
  const unknown = cases
    .filter(({ operation, error, provocation }) => !provocation && !isOnDemandOnly(operation, nameOf(error)))
    .map(
      ({ name, operation: { vendor } }) =>
        `${name}: say in ${vendor}-provocations.ts how the pretend vendor comes to it, or in on-demand-only.ts that it does not`,
    );
  expect(unknown).toEqual([]);
});

it("no refusal is said to come only when a test asks for it, and provoked all the same", () => {
  const both = provoked.filter(({ operation, error }) => isOnDemandOnly(operation, nameOf(error)));
  expect(both.map(({ name }) => name)).toEqual([]);
});
