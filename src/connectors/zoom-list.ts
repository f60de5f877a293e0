import { inputFields } from "../catalogue/input-fields.ts";
import type { Operation, VendorCall } from "../catalogue/operation.ts";
import type { ListPage, PagePlace } from "./whole-list.ts";

/** One answer of Zoom's, as the JSON object that it is. */
interface ZoomBody {
  body: Record<string, unknown> | undefined;
}

/** Whether whoever asks turns the pages, and wants no more than one of them. */
export function asksForOnePage(operation: Operation, input: unknown): boolean {
  const given = input as Record<string, unknown>;
  return inputFields(operation).some(({ path, meta }) => meta.paging === true && given[path] !== undefined);
}

/** The call for one page of its list. */
export function atZoomPlace(call: VendorCall, { number, cursor }: PagePlace): VendorCall {
  if (number === 1) return call;
  const place: Record<string, string> =
    cursor === undefined ? { page_number: String(number) } : { next_page_token: cursor };
  return { ...call, query: { ...call.query, ...place } };
}

function countIn(body: ZoomBody["body"], name: string): number | undefined {
  const value = body?.[name];
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** Reads one page of the list that the answer calls by this name. */
export function toZoomPage<Answer extends ZoomBody>(name: string, answer: Answer): ListPage<Answer> {
  const { body } = answer;
  const list = body?.[name];
  const total = countIn(body, "total_records");
  const token = body?.["next_page_token"];
  return {
    // Zoom leaves a list out only where there is nothing to list.
    items: Array.isArray(list) ? list : total === 0 ? [] : undefined,
    answer,
    total,
    size: countIn(body, "page_size"),
    number: countIn(body, "page_number"),
    pages: countIn(body, "page_count"),
    cursor: typeof token === "string" ? token : undefined,
  };
}

/** The last answer as if the whole list had come in it. */
export function wholeZoomBody(
  { body }: ZoomBody,
  name: string,
  items: readonly unknown[],
): Record<string, unknown> {
  const token = body?.["next_page_token"] === undefined ? {} : { next_page_token: "" };
  return { ...body, [name]: items, ...token };
}
