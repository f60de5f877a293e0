import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "../../src/catalogue/operation.ts";
import { zoomOperations } from "../../src/catalogue/zoom/operations.ts";
import { isVendorError } from "../../src/connectors/vendor-error.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { findContract, startValidatingProxy, type ValidatingProxy } from "../contracts/validating-proxy.ts";
import { connectTo, type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { sampleInput } from "./sample-inputs.ts";
import { offeredInputs } from "./offered-inputs.ts";
import { findInContract, readContract } from "./zoom-contract.ts";

const file = findContract("zoom-users.strict.openapi.json");
const contract = file === undefined ? [] : readContract(file);

describe.skipIf(file === undefined)("what forms offer is within Zoom's contract", () => {
  let world: PreparedWorld;
  let proxy: ValidatingProxy;
  let connector: Connector;

  beforeAll(async () => {
    world = await startPreparedWorld();
    proxy = await startValidatingProxy(file ?? "", world.zoom.apiUrl);
    ({ connector } = connectTo(world, { zoom: proxy.url }));
  });

  afterAll(async () => {
    await Promise.all([proxy?.close(), world?.close()]);
  });

  /** What the proxy, or our own code, finds wrong with a call; the vendor's own refusals are no matter here. */
  async function findFault(operation: Operation, input: unknown): Promise<string | undefined> {
    try {
      await connector.execute(operation, input);
    } catch (error) {
      if (!isVendorError(error)) throw error;
      const { status } = error.facts;
      if (status === 422 || status === 500 || status === undefined) return error.message;
    }
    return undefined;
  }

  it.each(zoomOperations)("every choice of $name", async (operation) => {
    const good = sampleInput(world, operation);
    if (!findInContract(contract, operation.call(operation.input.parse(good)))) return;
    const faults: string[] = [];
    for (const { choice, input } of offeredInputs(operation, good)) {
      const fault = await findFault(operation, input);
      if (fault !== undefined) faults.push(`${choice}: ${fault}`);
    }
    expect(faults).toEqual([]);
  });
});
