import type { Operation } from "../catalogue/operation.ts";

/** One page of a list, with what its answer says of the whole. What the vendor leaves out is undefined. */
export interface ListPage<Answer> {
  /** Undefined where the answer has no list. */
  items: readonly unknown[] | undefined;
  answer: Answer;
  /** How many entries the whole list has. */
  total?: number | null;
  /** How many entries a full page has; it may be fewer than were asked for. */
  size?: number | null;
  /** How many entries this page has. */
  count?: number | null;
  /** Which page this is, from 1. */
  number?: number | null;
  /** How many pages there are. */
  pages?: number | null;
  /** What asks for the page after this one; empty on the last page. */
  cursor?: string | null;
}

/** The page to read: its number from 1, or, after the first one, the cursor that the page before gave. */
export interface PagePlace {
  number: number;
  cursor?: string;
}

/** How a vendor cuts a long list; undefined where one answer holds the whole. */
export type PagesBy = Operation["pages"];

/** A list read to its end. */
export interface WholeList<Answer> {
  /** Undefined where the first answer has no list: the operation's own schema says what is wrong with it. */
  items: readonly unknown[] | undefined;
  /** The answer that was read last. */
  answer: Answer;
  /** Why this must not be taken for the whole list. */
  fault?: string;
}

/** A longer list is not read to its end: it would use up the limit of calls. */
const MOST_PAGES = 100;

type End = "whole" | "more" | { fault: string };

/**
 * Where reading stands after a page. A count of all entries decides where the vendor gives one; without it, a page
 * shorter than the page size in the answer is the last. The size that was asked for decides nothing: vendors cap it.
 */
function endOf(by: PagesBy, read: number, number: number, page: ListPage<unknown>): End {
  const { items = [], total, size, pages, cursor } = page;
  const isEmpty = items.length === 0;
  const isShort = isEmpty || (typeof size === "number" && items.length < size);
  const saysMore = by === "cursor" ? Boolean(cursor) : (pages ?? 0) > number;
  if (typeof total === "number") {
    if (read > total) return { fault: `The list counts ${total} entries and has more.` };
    if (read === total && (isEmpty || !saysMore)) return "whole";
    const canGoOn = by === "numbered" ? !isEmpty : by === "cursor" && saysMore;
    return canGoOn ? "more" : { fault: `The list ended after ${read} of ${total} entries.` };
  }
  if (by === undefined) return "whole";
  if (by === "numbered") return isEmpty || (isShort && !saysMore) ? "whole" : "more";
  if (saysMore) return "more";
  // An empty cursor is the vendor's own word for the end; a full page without any cursor says nothing.
  return isShort || cursor !== undefined
    ? "whole"
    : { fault: "The list does not say whether this is all of it." };
}

/** Why a page cannot be put behind those before it. */
function misfit(
  by: PagesBy,
  number: number,
  page: ListPage<unknown>,
  first: ListPage<unknown>,
): string | undefined {
  const { items, count } = page;
  if (items === undefined) return "The list broke off: an answer has no list.";
  if (typeof count === "number" && count !== items.length)
    return `The list is not what the answer says: ${count} entries counted, ${items.length} there.`;
  if (by === "numbered" && typeof page.number === "number" && page.number !== number)
    return "The list came with another page than was asked for.";
  const hasOtherSize = typeof page.total !== "number" && page.size !== first.size;
  if ((page.total ?? undefined) !== (first.total ?? undefined) || hasOtherSize)
    return "The list changed while it was read.";
  return undefined;
}

/** What tells one entry from another; undefined for an entry that is a mere value. */
function keysOf(items: readonly unknown[]): string[] {
  return items.flatMap((item) => (typeof item === "object" && item !== null ? [JSON.stringify(item)] : []));
}

/**
 * Reads a list page by page to its end: the one reader of lists for all vendors. Whatever concludes that something is
 * not there rests on it. A list that was cut short, that changed while it was read, or that does not say where it ends
 * comes back with a fault, and nothing may be concluded from it.
 * @param read makes one call and answers its page; what it throws ends the reading
 */
export async function readWholeList<Answer>(
  by: PagesBy,
  read: (place: PagePlace) => Promise<ListPage<Answer>>,
): Promise<WholeList<Answer>> {
  const items: unknown[] = [];
  const seen = new Set<string>();
  const cursors = new Set<string>();
  const first = await read({ number: 1 });
  if (first.items === undefined) return { items: undefined, answer: first.answer };
  let page = first;
  for (let number = 1; ; number += 1) {
    const { answer, cursor } = page;
    const fail = (fault: string): WholeList<Answer> => ({ items, answer, fault });
    const wrong = misfit(by, number, page, first);
    if (wrong !== undefined) return fail(wrong);
    const found = page.items ?? [];
    // An entry that moved to a later page pushed another one to a page that was read already.
    if (number > 1 && keysOf(found).some((key) => seen.has(key)))
      return fail("The list changed while it was read.");
    items.push(...found);
    const end = endOf(by, items.length, number, page);
    if (end === "whole") return { items, answer };
    if (end !== "more") return fail(end.fault);
    if (number === MOST_PAGES) return fail(`The list has more than ${MOST_PAGES} pages.`);
    if (cursor && cursors.has(cursor)) return fail("The list does not come to an end.");
    for (const key of keysOf(found)) seen.add(key);
    if (cursor) cursors.add(cursor);
    const next: PagePlace = { number: number + 1 };
    if (by === "cursor" && cursor) next.cursor = cursor;
    page = await read(next);
  }
}
