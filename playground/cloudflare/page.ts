import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { invalidRequest, success } from "./envelope.ts";
import type { ListHabits } from "./state.ts";

/** How long a vendor's pages are. */
export interface PageSize {
  usual: number;
  most: number;
}

const USUAL: PageSize = { usual: 25, most: 1000 };

/** A request for a list, and how the account answers those. */
interface ListQuestion {
  account: { readonly lists: ListHabits };
  request: VendorRequest;
}

function readSize({ account, request }: ListQuestion, { usual, most }: PageSize): number {
  return Math.min(readNumber(request, "per_page", usual, most), account.lists.longestPage);
}

/** The part of a list that `page` and `per_page` ask for, with its `result_info`. Throws 400 for odd numbers. */
export function numberedPage(
  question: ListQuestion,
  everything: readonly unknown[],
  pageSize: PageSize = USUAL,
): VendorAnswer {
  const number = readNumber(question.request, "page", 1, 100_000);
  const size = readSize(question, pageSize);
  const result = everything.slice((number - 1) * size, number * size);
  return success(result, {
    page: number,
    per_page: size,
    count: result.length,
    total_count: everything.length,
    ...(question.account.lists.sayHowManyPages ? { total_pages: Math.ceil(everything.length / size) } : {}),
  });
}

/** The part of a list that `cursor` and `per_page` ask for; the last part has an empty cursor. Throws 400. */
export function cursorPage(
  question: ListQuestion,
  everything: readonly unknown[],
  pageSize: PageSize,
): VendorAnswer {
  const size = readSize(question, pageSize);
  const start = readCursor(question.request.query.get("cursor") ?? "");
  const result = everything.slice(start, start + size);
  return success(result, {
    count: result.length,
    cursor: start + size < everything.length ? writeCursor(start + size) : "",
    per_page: size,
    total_count: everything.length,
  });
}

function writeCursor(start: number): string {
  return Buffer.from(`after:${start}`).toString("base64url");
}

function readCursor(cursor: string): number {
  if (cursor === "") return 0;
  const start = /^after:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  if (start === undefined) throw invalidRequest("cursor");
  return Number(start);
}

/** A number of the query. Throws 400 for anything that is not one from 1 to `maximum`. */
export function readNumber(request: VendorRequest, name: string, fallback: number, maximum: number): number {
  const text = request.query.get(name);
  if (text === null) return fallback;
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > maximum) throw invalidRequest(`${name} is not a number from 1 to ${maximum}`);
  return number;
}

/** A word of the query out of a few. Throws 400 for any other. */
export function readChoice<Choice extends string>(
  request: VendorRequest,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const text = request.query.get(name);
  if (text === null) return choices[0];
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw invalidRequest(`${name} is none of ${choices.join(", ")}`);
  return choice;
}
