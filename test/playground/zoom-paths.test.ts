import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodePath } from "../../playground/path.ts";

test("whatever was encoded segment by segment comes back as it was", () => {
  const segment = fc
    .string({ minLength: 1, unit: "grapheme" })
    .filter((text) => text !== "." && text !== ".." && text.isWellFormed());
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
      expect(decodePath(`/${segments.map(encodeURIComponent).join("/")}`)).toEqual(segments);
    }),
  );
});

test("no decoded path ever has an empty or a dot segment", () => {
  const part = fc.constantFrom("a", ".", "..", "%2e", "%2E%2e", "", "/", "%2F", "%", "me", " ");
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const decoded = decodePath(`/${parts.join("")}`) ?? ["fine"];
      for (const segment of decoded) expect(["", ".", ".."]).not.toContain(segment);
    }),
  );
});
