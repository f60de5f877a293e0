import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWholeList, type ListPage, type PagePlace } from "../../src/connectors/whole-list.ts";

interface Entry {
  id: number;
}

/** A vendor that cuts a list into pages, with every liberty that vendors take. */
interface Vendor {
  entries: readonly Entry[];
  by: "numbered" | "cursor";
  /** How many a page has: what was asked for, or what the vendor caps it at. */
  size: number;
  /** What an answer says of the list. */
  says: { total: boolean; size: boolean; count: boolean; number: boolean; pages: boolean; cursor: boolean };
  /** From this read on, what goes wrong; never without it. */
  fault?: { at: number; what: "removed" | "added" | "cut" | "repeated" | "total" | "no list" | "refused" };
}

/** One reading of a vendor, with how often it was asked. */
function createReader({ entries, by, size, says, fault }: Vendor) {
  const state = { reads: 0 };
  function read({ number, cursor }: PagePlace): Promise<ListPage<number>> {
    const nth = (state.reads += 1);
    const struck = fault !== undefined && nth >= fault.at ? fault.what : undefined;
    if (struck === "refused") return Promise.reject(new Error("The next page token is invalid or expired."));
    const list =
      struck === "removed" ? entries.slice(1) : struck === "added" ? [{ id: -1 }, ...entries] : entries;
    const asked = by === "numbered" ? (number - 1) * size : Number(cursor ?? 0);
    const start = struck === "repeated" ? Math.max(0, asked - size) : asked;
    const whole = list.slice(start, start + size);
    const items = struck === "no list" ? undefined : struck === "cut" ? whole.slice(1) : whole;
    const isLast = start + size >= list.length;
    const total = struck === "total" ? list.length + 1 : list.length;
    return Promise.resolve({
      items,
      answer: nth,
      total: says.total ? total : undefined,
      size: says.size ? size : undefined,
      count: says.count ? whole.length : undefined,
      number: says.number && by === "numbered" ? start / size + 1 : undefined,
      pages: says.pages && by === "numbered" ? Math.ceil(list.length / size) : undefined,
      cursor: by === "cursor" && (says.cursor || !isLast) ? (isLast ? "" : String(start + size)) : undefined,
    });
  }
  return { state, read };
}

const saying = fc.record({
  total: fc.boolean(),
  size: fc.boolean(),
  count: fc.boolean(),
  number: fc.boolean(),
  pages: fc.boolean(),
  cursor: fc.boolean(),
});
const vendor = fc.record({
  entries: fc.nat({ max: 40 }).map((count) => Array.from({ length: count }, (_, id): Entry => ({ id }))),
  by: fc.constantFrom("numbered" as const, "cursor" as const),
  size: fc.integer({ min: 1, max: 9 }),
  says: saying,
});
const faults = fc.record({
  at: fc.integer({ min: 1, max: 6 }),
  what: fc.constantFrom("removed", "added", "cut", "repeated", "total", "no list", "refused" as const),
});

describe("the reader of lists", () => {
  it("reads every list that its vendor tells the end of, and never more or less than it holds", async () => {
    await fc.assert(
      fc.asyncProperty(vendor, async (one) => {
        const { state, read } = createReader(one);
        const list = await readWholeList(one.by, read);
        expect(list.items).toEqual(one.entries);
        // A page without any sign of the end: a cursor list that names neither count, size nor cursor.
        const { total, size, cursor } = one.says;
        const isEndTold = one.by === "numbered" || total || cursor || one.entries.length === 0 || size;
        if (!isEndTold) expect(list.fault).toMatch(/does not say/);
        else if (one.by === "numbered" || total || cursor) expect(list.fault).toBeUndefined();
        // No more than one call beyond what the list needs.
        expect(state.reads).toBeLessThanOrEqual(Math.ceil(one.entries.length / one.size) + 1);
      }),
      { numRuns: 500 },
    );
  });

  it("never takes a part for the whole, whatever goes wrong on the way", async () => {
    await fc.assert(
      fc.asyncProperty(vendor, faults, async (one, fault) => {
        const { read } = createReader({ ...one, fault });
        const list = await readWholeList(one.by, read).catch(() => undefined);
        if (list?.items === undefined || list.fault !== undefined) return;
        const ids = new Set((list.items as Entry[]).map(({ id }) => id));
        const missing = one.entries.filter(({ id }) => !ids.has(id));
        // What was removed before the first answer is no longer there, and cutting is seen where a count is said.
        const isTrue =
          fault.what === "removed" && fault.at === 1 ? missing.length <= 1 : missing.length === 0;
        const isTellable = one.says.total || (one.says.count && fault.what === "cut");
        if (isTellable) expect(isTrue).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** A list in answers written out. */
function answers(by: "numbered" | "cursor" | undefined, ...pages: Partial<ListPage<string>>[]) {
  return readWholeList(by, ({ number }) => {
    const page = pages[Math.min(number, pages.length) - 1];
    return Promise.resolve({ items: [], answer: "", ...page });
  });
}

function entries(from: number, to: number): Entry[] {
  return Array.from({ length: to - from }, (_, index) => ({ id: from + index }));
}

describe("a list that was cut short", () => {
  it("is read on where total_count says more, without total_pages", async () => {
    const list = await answers(
      "numbered",
      { items: entries(0, 50), number: 1, size: 50, count: 50, total: 71 },
      { items: entries(50, 71), number: 2, size: 50, count: 21, total: 71 },
    );
    expect(list).toMatchObject({ items: entries(0, 71) });
    expect(list.fault).toBeUndefined();
  });

  it("is not whole where fewer than total_count could be read", async () => {
    const list = await answers("numbered", { items: entries(0, 50), size: 1000, total: 61 }, { total: 61 });
    expect(list.fault).toBe("The list ended after 50 of 61 entries.");
  });

  it("is judged by the page size in the answer and not by the one that was asked for", async () => {
    const list = await answers("numbered", { items: entries(0, 50), size: 50 }, { items: [], size: 50 });
    expect(list).toMatchObject({ items: entries(0, 50) });
    expect(list.fault).toBeUndefined();
  });

  it.each<[string, "numbered" | "cursor" | undefined, Partial<ListPage<string>>[], RegExp]>([
    [
      "repeats its cursor",
      "cursor",
      [{ items: entries(0, 1), cursor: "same" }, { cursor: "same" }],
      /come to an end/,
    ],
    ["answers every page with the first", "numbered", [{ items: entries(0, 50), size: 50 }], /changed/],
    ["answers another page", "numbered", [{ items: entries(0, 5), size: 5, number: 2 }], /another page/],
    ["has more entries than it counts", "numbered", [{ items: entries(0, 5), total: 4 }], /counts 4/],
    ["has fewer entries than the page counts", "numbered", [{ items: entries(0, 4), count: 5 }], /5 entries/],
    ["has no pages and counts more", undefined, [{ items: entries(0, 4), total: 5 }], /4 of 5/],
    ["ends its cursor early", "cursor", [{ items: entries(0, 4), total: 5, cursor: "" }], /4 of 5/],
    ["has a full page and no cursor", "cursor", [{ items: entries(0, 4), size: 4 }], /does not say/],
    [
      "changes its count",
      "numbered",
      [
        { items: entries(0, 2), total: 3 },
        { items: entries(2, 4), total: 4 },
      ],
      /changed/,
    ],
    [
      "breaks off",
      "numbered",
      [
        { items: entries(0, 2), total: 3 },
        { items: undefined, total: 3 },
      ],
      /broke off/,
    ],
  ])("that %s is no whole list", async (_what, by, pages, fault) => {
    expect((await answers(by, ...pages)).fault).toMatch(fault);
  });

  it("of too many pages is given up, and says so", async () => {
    let reads = 0;
    const list = await readWholeList("numbered", ({ number }) => {
      reads += 1;
      return Promise.resolve({ items: [{ id: number }], answer: "", total: 1_000_000 });
    });
    expect(list.fault).toMatch(/more than 100 pages/);
    expect(reads).toBe(100);
  });
});
