import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudflareOperations } from "../../src/catalogue/cloudflare/operations.ts";
import { cloudflareInputs } from "./cloudflare-inputs.ts";

describe("the catalogue of Cloudflare", () => {
  it("takes the ids to the place they name, and every other text nowhere", () => {
    const hostile = fc.constantFrom(
      "..",
      ".",
      "me",
      "a/b",
      "%2e%2e",
      "%2F",
      "a?b#c",
      "ä b",
      "\u0000",
      "",
      "İ",
    );
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string(), fc.string({ unit: "grapheme" })), (id) => {
        for (const operation of cloudflareOperations) {
          const { input } = operation;
          const good = cloudflareInputs[operation.name] ?? {};
          const { path } = operation.call(input.parse(good));
          for (const [field, value] of Object.entries(good)) {
            if (typeof value !== "string" || !path.split("/").includes(value)) continue;
            const parsed = input.safeParse({ ...good, [field]: id });
            if (!parsed.success) continue;
            const expected = path.split("/").map((part) => (part === value ? encodeURIComponent(id) : part));
            expect(operation.call(parsed.data).path).toBe(expected.join("/"));
            expect(new URL(expected.join("/"), "https://api.example").pathname).toBe(expected.join("/"));
          }
        }
      }),
    );
  });

  it("has a good input here for each operation", () => {
    expect(Object.keys(cloudflareInputs)).toEqual(cloudflareOperations.map(({ name }) => name));
  });
});
