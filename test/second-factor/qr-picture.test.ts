import { decodeQR } from "qr/decode.js";
import { expect, test } from "vitest";
import { qrPicture } from "../../src/second-factor/qr-picture.ts";
import { enrolmentUri, newSecret } from "../../src/second-factor/totp.ts";
import { readGif } from "./read-gif.ts";

const QUIET_PIXELS = 4 * 6;

test.each(["alex@northwind.example", "Ülkü Ærø", `${"a".repeat(64)}@${"d".repeat(120)}.example`])(
  "the picture for %s is read back as what was written",
  (account) => {
    const uri = enrolmentUri(newSecret(), account);
    const { data, ...size } = readGif(qrPicture(uri));
    expect(decodeQR({ data, ...size })).toBe(uri);
  },
);

test("a picture has six pixels a module and a light edge of four modules", () => {
  const { width, height, data } = readGif(qrPicture(enrolmentUri(newSecret(), "alex@northwind.example")));
  expect(width).toBe(height);
  expect(width % 6).toBe(0);
  const redAt = (x: number, y: number) => data[4 * (y * width + x)];
  // The upper left finder begins with a dark line of seven modules.
  expect(redAt(QUIET_PIXELS - 1, QUIET_PIXELS - 1)).toBe(255);
  expect(redAt(QUIET_PIXELS, QUIET_PIXELS)).toBe(0);
  expect(redAt(QUIET_PIXELS + 7 * 6 - 1, QUIET_PIXELS)).toBe(0);
  expect(redAt(QUIET_PIXELS + 7 * 6, QUIET_PIXELS)).toBe(255);
  for (let pixel = 0; pixel < width; pixel += 1)
    for (const edge of [0, QUIET_PIXELS - 1, width - QUIET_PIXELS, width - 1])
      expect([redAt(pixel, edge), redAt(edge, pixel)]).toEqual([255, 255]);
});
