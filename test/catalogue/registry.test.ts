import { describe, expect, it } from "vitest";
import { findOperation, operations } from "../../src/catalogue/registry.ts";

// The last one reaches the app's owner only, and so does the one call that needs it.
const zoomScopes =
  /^((account|user|meeting|webinar|recording|cloud_recording|role):.*:(admin|master)|user_zak:read|user:read:zak)$/;
const cloudflareScopes =
  /^(access:(read|revoke)|seats:write|devices:(read|revoke|delete)|(lists|members|tokens):(read|write))$/;

const slackScopes = /^admin\.users:(read|write)$/;
const SCOPES = { zoom: zoomScopes, cloudflare: cloudflareScopes, slack: slackScopes };
const DOCUMENTATION = {
  zoom: "developers.zoom.us",
  cloudflare: "developers.cloudflare.com",
  slack: "docs.slack.dev",
};
const LABELS = {
  zoom: ["light", "medium", "heavy", "resource-intensive"],
  cloudflare: ["access"],
  slack: ["tier2"],
};

describe("the catalogue", () => {
  it("has each name once, and finds each operation by its name", () => {
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    for (const operation of operations) expect(findOperation(operation.name)).toBe(operation);
  });

  it("says which names it has when asked for one it has not", () => {
    expect(() => findOperation("zoom.user.ban")).toThrow(/no operation "zoom\.user\.ban".*zoom\.user\.get/);
    expect(() => findOperation("constructor")).toThrow(RangeError);
  });
});

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "%s",
  (name, operation) => {
    it("is named after its vendor, resource and verb", () => {
      expect(name).toMatch(/^(zoom|cloudflare|slack)\.[a-z]+\.[a-z][A-Za-z]+$/);
      expect(name.split(".")[0]).toBe(operation.vendor);
      expect(operation.title).not.toBe("");
    });

    it("names scopes that reach other people's accounts", () => {
      const scopes = [...operation.scopes.granular, ...operation.scopes.classic];
      expect(scopes.length).toBeGreaterThan(0);
      for (const scope of scopes) expect(scope).toMatch(SCOPES[operation.vendor]);
    });

    it("links to the vendor's documentation over https", () => {
      const { protocol, hostname } = new URL(operation.docs);
      expect(protocol).toBe("https:");
      expect(hostname).toBe(DOCUMENTATION[operation.vendor]);
    });

    it("counts against a limit of its vendor's", () => {
      expect(LABELS[operation.vendor]).toContain(operation.rateLimit);
    });

    it("names the Cloudflare permission that its token needs, if it needs any", () => {
      const isNeeded = operation.vendor === "cloudflare" && name !== "cloudflare.token.verify";
      expect(operation.vendorPermission !== undefined).toBe(isNeeded);
    });

    it("is either a read, or says how it is proven and how it is taken back", () => {
      if (operation.risk === "read") {
        expect(operation.readBack ?? operation.noReadBack ?? operation.undo).toBeUndefined();
        expect(operation.idempotent).toBe(true);
        return;
      }
      expect([operation.readBack, operation.noReadBack].filter((one) => one !== undefined)).toHaveLength(1);
      expect(operation.undo).toMatch(/\w.*\.$/);
    });

    it("is read back by a read of the catalogue", () => {
      if (operation.readBack === undefined) return;
      expect(findOperation(operation.readBack.operation).risk).toBe("read");
    });

    it("refuses input that is none of its own", () => {
      expect(operation.input.safeParse({ surprise: true }).success).toBe(false);
      expect(operation.input.safeParse(null).success).toBe(false);
    });
  },
);
