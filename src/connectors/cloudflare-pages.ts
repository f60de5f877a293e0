import type { Operation, VendorCall } from "../catalogue/operation.ts";
import type { CloudflareResultInfo } from "./cloudflare-error.ts";
import type { HttpResult } from "./http.ts";

/** One answer of Cloudflare's: its result, and where in a longer list it stands. */
export interface CloudflarePage {
  result: unknown;
  info: CloudflareResultInfo;
  /** As it came, for the account of what is wrong with it. */
  answer: HttpResult;
}

/** A list that is longer is not read to its end: it would use up the token's limit of calls. */
const mostPages = 100;

/** A list put together from its pages, with the last answer, and why it must not be taken for the whole, if so. */
export interface ReadList {
  result: unknown;
  answer: HttpResult;
  fault?: string;
}

function isMore({ info }: CloudflarePage, kind: "numbered" | "cursor", page: number): boolean {
  return kind === "cursor" ? (info.cursor ?? "") !== "" : (info.total_pages ?? page) > page;
}

function itemsOf({ result, info }: CloudflarePage): readonly unknown[] | undefined {
  // Null stands for an empty list only where Cloudflare counts none.
  if (result === null && info.total_count === 0) return [];
  return Array.isArray(result) ? result : undefined;
}

/**
 * Reads a list page by page. A list that changed while it was read is not whole: what moved to a page that was
 * already read would be missing, and what is missing must not be taken for gone.
 * @param read makes one call and answers its page; what it throws ends the reading
 */
export async function readWholeList(
  kind: NonNullable<Operation["pages"]>,
  call: VendorCall,
  read: (call: VendorCall) => Promise<CloudflarePage>,
): Promise<ReadList> {
  const items: unknown[] = [];
  const cursors = new Set<string>();
  let page = await read(call);
  const count = page.info.total_count;
  for (let number = 1; ; number += 1) {
    const { answer } = page;
    const found = itemsOf(page);
    // The operation's own schema says what is wrong with it.
    if (found === undefined) return { result: page.result, answer };
    items.push(...found);
    const list = { result: items, answer };
    if (page.info.total_count !== count) return { ...list, fault: "The list changed while it was read." };
    if (!isMore(page, kind, number)) return list;
    const cursor = page.info.cursor ?? "";
    if (found.length === 0 || (kind === "cursor" && cursors.has(cursor)))
      return { ...list, fault: "The list does not come to an end." };
    if (number === mostPages) return { ...list, fault: `The list has more than ${mostPages} pages.` };
    cursors.add(cursor);
    const place: Record<string, string> = kind === "cursor" ? { cursor } : { page: String(number + 1) };
    page = await read({ ...call, query: { ...call.query, ...place } });
  }
}
