import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import { createConnectors } from "../../src/connectors/connector.ts";
import { isVendorError, VendorError, type VendorErrorFacts } from "../../src/connectors/vendor-error.ts";

const facts: VendorErrorFacts = {
  vendor: "zoom",
  operation: "zoom.user.get",
  kind: "not_found",
  status: 404,
  code: 1001,
  vendorMessage: "User does not exist.",
  mayHaveHappened: false,
  attempts: 1,
  advice: "Check the e-mail address.",
};

describe("a vendor error", () => {
  it("is recognised after it was stored and brought back as a plain error", () => {
    const { name, message, facts: kept } = new VendorError(facts);
    const stored = JSON.stringify({ name, message, facts: kept });
    const replayed = Object.assign(new Error(message), JSON.parse(stored));
    expect(replayed).not.toBeInstanceOf(VendorError);
    expect(isVendorError(replayed)).toBe(true);
    expect(replayed.facts).toEqual(facts);
  });

  it("says in its message what happened and what to do", () => {
    expect(new VendorError(facts).message).toBe(
      "zoom.user.get: not_found (404/1001). User does not exist. Check the e-mail address.",
    );
  });

  it("is not any other error", () => {
    expect(isVendorError(new Error("no"))).toBe(false);
    expect(isVendorError(Object.assign(new Error("no"), { name: "VendorError" }))).toBe(false);
    expect(isVendorError({ name: "VendorError", facts })).toBe(false);
    expect(isVendorError(undefined)).toBe(false);
  });
});

describe("the connectors", () => {
  it("hand each operation to the connector of its vendor", async () => {
    const seen: unknown[] = [];
    const connectors = createConnectors({
      zoom: { execute: async (operation, input) => void seen.push([operation.name, input]) },
    });
    await connectors.execute(findOperation("zoom.user.get"), { userId: "abc" });
    expect(seen).toEqual([["zoom.user.get", { userId: "abc" }]]);
  });

  it("say which vendor is not configured", async () => {
    const call = createConnectors({}).execute(findOperation("cloudflare.access.findUser"), {});
    await expect(call).rejects.toThrow("cloudflare is not configured");
  });
});
