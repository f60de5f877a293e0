import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import { zoomOperations } from "../../src/catalogue/zoom/operations.ts";
import type { Connector } from "../../src/connectors/connector.ts";
import { startCloudflareProxy } from "../contracts/cloudflare-proxy.ts";
import { findContract, startValidatingProxy, type ValidatingProxy } from "../contracts/validating-proxy.ts";
import { connectTo, type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { sampleInput } from "./sample-inputs.ts";
import { findInContract, readContract } from "./zoom-contract.ts";

const files = {
  zoom: findContract("zoom-users.strict.openapi.json"),
  cloudflare: findContract("cloudflare-revoke-user.openapi.json"),
};
const contract = files.zoom === undefined ? [] : readContract(files.zoom);
const PICTURE = /\/picture$/;

describe.skipIf(files.zoom === undefined || files.cloudflare === undefined)(
  "by the vendors' contracts",
  () => {
    let world: PreparedWorld;
    let proxies: Record<"zoom" | "cloudflare", ValidatingProxy>;
    let connector: Connector;
    const accepted = new Set<string>();

    beforeAll(async () => {
      world = await startPreparedWorld();
      const [zoom, cloudflare] = await Promise.all([
        startValidatingProxy(files.zoom ?? "", world.zoom.apiUrl),
        startCloudflareProxy(files.cloudflare ?? "", world.cloudflare.apiUrl),
      ]);
      proxies = { zoom, cloudflare };
      ({ connector } = connectTo(world, { zoom: zoom.url, cloudflare: cloudflare.url }));
    });

    afterEach(() => world.zoom.clearFaults());

    afterAll(async () => {
      await Promise.all([proxies?.zoom.close(), proxies?.cloudflare.close(), world?.close()]);
    });

    /** Sends an operation's good input; the proxy lets nothing through, either way, that breaks the contract. */
    async function expectAccepted(name: string): Promise<void> {
      const operation = findOperation(name);
      const { calls } = world[operation.vendor];
      const input = sampleInput(world, operation);
      const before = calls.length;
      await connector.execute(operation, input);
      expect(calls.slice(before).filter(({ request }) => !request.path.startsWith("/oauth/"))).toMatchObject([
        { outcome: { status: expect.toSatisfy((status) => status >= 200 && status < 300) } },
      ]);
    }

    it.each(contract)("$operationId is accepted, and so is its answer", async ({ operationId }) => {
      const ours = zoomOperations.filter((operation) => {
        const call = operation.call(operation.input.parse(sampleInput(world, operation)));
        return findInContract(contract, call)?.operationId === operationId;
      });
      if (ours.length === 0) throw new Error(`The catalogue of Zoom has no operation for ${operationId}.`);
      // The proxy reads every body as text and spoils the bytes of a picture: only its form is looked at.
      const answer = { status: 201, body: {} };
      world.zoom.addFault({ kind: "answer", method: "POST", path: PICTURE, answer });
      for (const { name } of ours) await expectAccepted(name);
      accepted.add(operationId);
    });

    it("all 28 operations of Zoom's Users API are accepted", () => {
      expect([...accepted].toSorted()).toEqual(contract.map(({ operationId }) => operationId).toSorted());
      expect(accepted.size).toBe(28);
    });

    it.each(["cloudflare.access.revokeUserInAccount", "cloudflare.access.revokeUserInZone"])(
      "%s is accepted, and so is its answer",
      (name) => expectAccepted(name),
    );
  },
);
