import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer } from "../../src/connectors/sealed-text.ts";

describe("a sealed text", () => {
  const sealer = createSealer("client-secret", "zoom-token");

  it("opens with the same secret and purpose, and shows nothing of itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const sealed = sealer.seal(text);
        expect(createSealer("client-secret", "zoom-token").open(sealed)).toBe(text);
        if (text.length > 6) expect(Buffer.from(sealed, "base64url").toString("utf8")).not.toContain(text);
      }),
    );
  });

  it("opens with no other secret and for no other purpose", () => {
    const sealed = sealer.seal("token");
    expect(createSealer("another-secret", "zoom-token").open(sealed)).toBeUndefined();
    expect(createSealer("client-secret", "another-purpose").open(sealed)).toBeUndefined();
  });

  it("does not open when a single bit was changed, or when it is nonsense", () => {
    const bytes = Buffer.from(sealer.seal("token"), "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(sealer.open(changed.toString("base64url"))).toBeUndefined();
    }
    expect(sealer.open("")).toBeUndefined();
    expect(sealer.open("nonsense")).toBeUndefined();
  });
});
