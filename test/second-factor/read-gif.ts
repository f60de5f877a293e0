export interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue and opacity of each, from the upper left. */
  data: Uint8Array;
}

const EXTENSION = 0x21;
const IMAGE = 0x2c;

/** Reads a GIF with one image and one palette, as the specification of 1989 has it. */
export function readGif(gif: Uint8Array): Pixels {
  const bytes = Buffer.from(gif);
  if (!/^GIF8[79]a$/.test(bytes.toString("latin1", 0, 6))) throw new Error("no GIF");
  const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)];
  const palette = bytes.subarray(13, 13 + 3 * 2 ** ((bytes.readUInt8(10) & 7) + 1));
  let at = 13 + palette.length;
  while (bytes.readUInt8(at) === EXTENSION) at = blocksFrom(bytes, at + 2).end;
  if (bytes.readUInt8(at) !== IMAGE || bytes.readUInt16LE(at + 5) !== width) throw new Error("no image");
  const indexes = inflate(blocksFrom(bytes, at + 11).data, bytes.readUInt8(at + 10));
  if (indexes.length !== width * height) throw new Error("pixels are missing");
  const data = indexes.flatMap((index) => [...palette.subarray(3 * index, 3 * index + 3), 255]);
  return { width, height, data: Uint8Array.from(data) };
}

function blocksFrom(bytes: Buffer, start: number): { data: Buffer; end: number } {
  const parts: Buffer[] = [];
  let at = start;
  for (let length = bytes.readUInt8(at); length > 0; length = bytes.readUInt8(at)) {
    parts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { data: Buffer.concat(parts), end: at + 1 };
}

/** LZW with codes that grow, lowest bits first. */
function inflate(data: Buffer, bits: number): number[] {
  const [clear, end] = [2 ** bits, 2 ** bits + 1];
  const start = () => [...Array.from({ length: clear }, (_, index) => [index]), [], []];
  let table = start();
  let size = bits + 1;
  let before: number[] | undefined;
  const found: number[] = [];
  for (let place = 0; place + size <= data.length * 8;) {
    let code = 0;
    for (let bit = 0; bit < size; bit += 1, place += 1)
      code |= (((data[place >> 3] ?? 0) >> (place & 7)) & 1) << bit;
    if (code === end) break;
    if (code === clear) {
      [table, size, before] = [start(), bits + 1, undefined];
      continue;
    }
    const run = table[code] ?? [...(before ?? []), before?.[0] ?? 0];
    found.push(...run);
    if (before !== undefined) table.push([...before, run[0] ?? 0]);
    if (table.length === 2 ** size && size < 12) size += 1;
    before = run;
  }
  return found;
}
