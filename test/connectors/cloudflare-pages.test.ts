import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VendorCall } from "../../src/catalogue/operation.ts";
import type { CloudflareResultInfo } from "../../src/connectors/cloudflare-error.ts";
import { readWholeList } from "../../src/connectors/cloudflare-pages.ts";

const call: VendorCall = { method: "GET", path: "/list", query: { status: "all" } };
const answer = { kind: "answer", status: 200, headers: {}, text: "" } as const;
const http = { ...answer, attempts: 1, unsettled: false };

function page(result: unknown, info: CloudflareResultInfo = {}) {
  return { result, info, answer: http };
}

/** A vendor that cuts a list into pages and keeps the calls it got. */
function createPages(items: readonly number[], size: number, kind: "numbered" | "cursor") {
  const calls: VendorCall[] = [];
  return {
    calls,
    read(next: VendorCall) {
      calls.push(next);
      const { page: number, cursor } = next.query ?? {};
      const start = kind === "numbered" ? (Number(number ?? 1) - 1) * size : Number(cursor ?? 0);
      const result = items.slice(start, start + size);
      const end = start + size >= items.length ? "" : String(start + size);
      const place = kind === "numbered" ? { total_pages: Math.ceil(items.length / size) } : { cursor: end };
      return Promise.resolve(page(result, { ...place, total_count: items.length }));
    },
  };
}

describe("a list in pages", () => {
  it.each(["numbered", "cursor"] as const)("is put together whole, %s", async (kind) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (items, size) => {
          const vendor = createPages(items, size, kind);
          const list = await readWholeList(kind, call, (next) => vendor.read(next));
          expect(list.fault).toBeUndefined();
          expect(list.result).toEqual(items);
          expect(vendor.calls).toHaveLength(Math.max(1, Math.ceil(items.length / size)));
          expect(vendor.calls[0]).toBe(call);
          for (const one of vendor.calls) expect(one.query).toMatchObject({ status: "all" });
        },
      ),
    );
  });

  it("that changed while it was read is not taken for whole", async () => {
    const counts = [3, 2];
    const read = (next: VendorCall) =>
      Promise.resolve(page([1], { total_pages: 2, total_count: counts[next.query?.["page"] ? 1 : 0] }));
    expect(await readWholeList("numbered", call, read)).toMatchObject({
      fault: "The list changed while it was read.",
    });
  });

  it.each([
    ["repeats its cursor", page([1], { cursor: "same" })],
    ["says that more follows an empty page", page([], { cursor: "more" })],
  ])("that %s does not go on for ever", async (_what, always) => {
    const list = await readWholeList("cursor", call, () => Promise.resolve(always));
    expect(list.fault).toMatch(/come to an end/);
  });

  it("of too many pages is given up, and says so", async () => {
    let reads = 0;
    const list = await readWholeList("numbered", call, () => {
      reads += 1;
      return Promise.resolve(page([1], { total_pages: 1_000_000 }));
    });
    expect(list.fault).toMatch(/more than 100 pages/);
    expect(reads).toBe(100);
  });

  it("is empty for null only where none are counted", async () => {
    const read = (info: CloudflareResultInfo) =>
      readWholeList("numbered", call, () => Promise.resolve(page(null, info)));
    expect((await read({ total_count: 0 })).result).toEqual([]);
    expect((await read({})).result).toBeNull();
    expect((await read({ total_count: 2 })).result).toBeNull();
  });
});
