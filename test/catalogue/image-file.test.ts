import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageFile, imageTypeOf, toImageForm } from "../../src/catalogue/image-file.ts";

const picture = imageFile({
  title: "Picture",
  description: "",
  types: ["image/jpeg", "image/png"],
  maxBytes: 64,
});
const starts = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "image/gif": [...Buffer.from("GIF87a")],
};

function encode(bytes: readonly number[] | Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function faultOf(name: string, content: string): string | undefined {
  return picture.safeParse({ name, content }).error?.issues[0]?.message;
}

describe("an image", () => {
  it.each(Object.entries(starts))("is known for %s by its first bytes", (type, start) => {
    expect(imageTypeOf(Uint8Array.from([...start, 1, 2]))).toBe(type);
    expect(imageTypeOf(Uint8Array.from(start.slice(0, -1)))).toBeUndefined();
    expect(imageTypeOf(Uint8Array.from([0, ...start]))).toBeUndefined();
  });

  it("is taken exactly when its bytes begin as they must and are not too many", () => {
    const start = fc.constantFrom([], ...Object.values(starts));
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 80 }), (first, rest) => {
        const bytes = Uint8Array.from([...first, ...rest]);
        const type = imageTypeOf(bytes);
        const isGood = (type === "image/jpeg" || type === "image/png") && bytes.byteLength <= 64;
        expect(faultOf("sam.png", encode(bytes)) === undefined).toBe(isGood);
      }),
    );
  });

  it("arrives in the form byte for byte, and its name ends as what it is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(starts)), fc.uint8Array(), (first, rest) => {
        const bytes = Uint8Array.from([...first, ...rest]);
        const form = toImageForm("file", { name: "sam.png", content: encode(bytes) });
        expect(Uint8Array.from(form.bytes)).toEqual(bytes);
        expect(form.mediaType).toBe(imageTypeOf(bytes));
        expect(form.name).toMatch(form.mediaType === "image/png" ? /^sam\.png$/ : /^sam\.png\.(jpg|gif)$/);
      }),
    );
  });

  it.each([
    ["text of a script", encode(Buffer.from("<script>")), /no jpg, png/],
    ["a video", encode([0, 0, 0, 24, ...Buffer.from("ftypmp42")]), /no jpg, png/],
    ["nothing", "", /is empty/],
    ["too much", encode([...starts["image/png"], ...new Uint8Array(57)]), /longer than 64 bytes/],
    ["no base64", "a picture, I swear", /not base64/],
    ["base64 with a line break", `${encode(starts["image/png"])}\n`, /not base64/],
    ["base64 for addresses", encode([0xff, 0xd8, 0xff, 0xff, 0xfb]).replaceAll("/", "_"), /not base64/],
  ])("is not %s, whatever its name says", (_what, content, fault) => {
    expect(faultOf("sam.png", content)).toMatch(fault);
  });

  it.each(["", "a/b.png", "a\\b.png", "a\nb.png", "a\u202egnp.exe", "x".repeat(256)])(
    "does not go by the name %j",
    (name) => {
      expect(faultOf(name, encode(starts["image/png"]))).toBeDefined();
    },
  );

  it.each([
    ["sam.jpeg", "image/jpeg", "sam.jpeg"],
    ["SAM.JPG", "image/jpeg", "SAM.JPG"],
    ["sam", "image/png", "sam.png"],
    ["sam.gif", "image/png", "sam.gif.png"],
    ["é ü.png", "image/png", "é ü.png"],
  ] as const)("named %j that is %s goes out as %j", (name, type, expected) => {
    expect(toImageForm("file", { name, content: encode(starts[type]) }).name).toBe(expected);
  });

  it("is never made into a form when it is none", () => {
    expect(() => toImageForm("file", { name: "sam.png", content: encode([1, 2, 3]) })).toThrow(RangeError);
  });

  it("tells a form which extensions to offer and how many bytes it may have", () => {
    expect(picture.meta()?.["file"]).toEqual({ extensions: ["jpg", "jpeg", "png"], maxBytes: 64 });
  });
});
