import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSimulator, type Simulator } from "../../playground/simulator.ts";
import type { FormFile } from "../../src/catalogue/operation.ts";
import { createHttp } from "../../src/connectors/http.ts";
import { toRequest } from "../../src/connectors/operation-call.ts";
import { createInstantClock } from "./instant-clock.ts";

let vendor: Simulator;
let statuses: number[];
beforeEach(async () => {
  statuses = [];
  vendor = await startSimulator("forms", () => ({ status: statuses.shift() ?? 201, body: {} }));
});
afterEach(() => vendor.close());

const file: FormFile = {
  field: "pic_file",
  name: "sam.png",
  mediaType: "image/png",
  bytes: Uint8Array.of(0x89, 0x50, 0, 255, 13, 10),
};

function send(form: FormFile, timeout?: number) {
  const http = createHttp({ clock: createInstantClock(), random: () => 0, timeout });
  const request = toRequest(
    vendor.url,
    { method: "POST", path: "/picture", form },
    { authorization: "Bearer x" },
  );
  return http(request, { writes: true, repeatable: true, needsBody: true });
}

async function received(index = 0) {
  const { bytes, headers } = vendor.calls[index]?.request ?? { bytes: Buffer.alloc(0), headers: {} };
  const form = await new Response(bytes, { headers }).formData();
  const parts = [...form.entries()];
  expect(parts).toHaveLength(1);
  const [name, part] = parts[0] ?? [];
  if (!(part instanceof File)) throw new Error("The part is no file.");
  return {
    field: name,
    name: part.name,
    mediaType: part.type,
    bytes: new Uint8Array(await part.arrayBuffer()),
  };
}

describe("a file in a form", () => {
  it("arrives byte for byte, with its name and media type, beside the other headers", async () => {
    expect(await send(file)).toMatchObject({ kind: "answer", status: 201 });
    expect(await received()).toEqual(file);
    const headers = vendor.calls[0]?.request.headers;
    expect(headers?.["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(headers?.["authorization"]).toBe("Bearer x");
  });

  it("arrives whole again when it is sent again", async () => {
    statuses = [503, 201];
    expect(await send(file)).toMatchObject({ status: 201, attempts: 2 });
    expect(await received(1)).toEqual(file);
  });

  it("cannot break out of its part by its name or its bytes", async () => {
    const hostile = fc.constantFrom('"', "\r\n", "; name=", "--", "\n\n", "é", "a");
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1 }), fc.uint8Array(), async (pieces, bytes) => {
        vendor.calls.length = 0;
        await send({ ...file, name: pieces.join(""), bytes: Uint8Array.from(bytes) });
        const { field, bytes: arrived } = await received();
        expect({ field, arrived }).toEqual({ field: "pic_file", arrived: Uint8Array.from(bytes) });
      }),
      { numRuns: 50 },
    );
  });

  it("gets more time, by its length, than a call without one", async () => {
    vendor.addFault({ kind: "slow", milliseconds: 60 });
    const once = { writes: true, repeatable: false, needsBody: true };
    const http = createHttp({ timeout: 20 });
    const call = { method: "POST", path: "/picture" } as const;
    const large = { ...file, bytes: new Uint8Array(1024 * 1024) };
    expect(await http(toRequest(vendor.url, { ...call, body: {} }, {}), once)).toMatchObject({
      kind: "timeout",
    });
    expect(await http(toRequest(vendor.url, { ...call, form: large }, {}), once)).toMatchObject({
      status: 201,
    });
  });

  it("is never sent beside a body", () => {
    const call = { method: "POST", path: "/picture", form: file, body: {} } as const;
    expect(() => toRequest(vendor.url, call, {})).toThrow(RangeError);
  });
});
