import { inputFields } from "../../src/catalogue/input-fields.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { Answer, EnteredOperation } from "../../src/deps/operation.ts";
import { PAGE_LENGTH } from "./answer-blocks.ts";
import { listedThings } from "./answer-lines.ts";

/** Which page of an answer is shown, and how to ask for it again. */
export interface AnswerPage {
  entered: EnteredOperation;
  /** How many things stand before the first that is shown. */
  from: number;
}

function hasField(operation: string, name: string): boolean {
  return inputFields(findOperation(operation)).some(({ path }) => path === name);
}

/** The same question for one screen at a time, where the vendor counts pages. */
export function askedByPage(entered: EnteredOperation, length = PAGE_LENGTH): EnteredOperation {
  if (!hasField(entered.operation, "pageSize")) return entered;
  return { ...entered, input: { ...entered.input, pageSize: length } };
}

/** The page after this one; undefined where this is the last. */
export function nextPage({ entered, output }: Answer, from: number): AnswerPage | undefined {
  const operation = findOperation(entered.operation);
  const shown = listedThings(operation, output);
  if (shown === undefined) return undefined;
  const after = from + Math.min(shown.length, PAGE_LENGTH);
  if (hasField(operation.name, "nextPageToken")) {
    const token = (output as { next_page_token?: unknown }).next_page_token;
    if (typeof token !== "string" || token === "") return undefined;
    return { entered: { ...entered, input: { ...entered.input, nextPageToken: token } }, from: after };
  }
  if (hasField(operation.name, "pageNumber")) {
    const total = (output as { total_records?: unknown }).total_records;
    const isMore = typeof total === "number" ? after < total : shown.length >= PAGE_LENGTH;
    const page = Number(entered.input["pageNumber"] ?? 1);
    return isMore
      ? { entered: { ...entered, input: { ...entered.input, pageNumber: page + 1 } }, from: after }
      : undefined;
  }
  return from + PAGE_LENGTH < shown.length ? { entered, from: from + PAGE_LENGTH } : undefined;
}

/** The first page again; undefined where this is it. */
export function firstPage({ entered }: Answer, from: number): AnswerPage | undefined {
  if (from === 0) return undefined;
  const { nextPageToken: _token, pageNumber: _number, ...input } = entered.input;
  return { entered: { ...entered, input }, from: 0 };
}

/** The things of this screen: vendors that count pages send no more, of others a part is taken. */
export function onThisPage({ entered, output }: Answer, from: number): unknown {
  const operation = findOperation(entered.operation);
  const isVendorPaged = hasField(operation.name, "nextPageToken") || hasField(operation.name, "pageNumber");
  const things = listedThings(operation, output);
  if (isVendorPaged || things === undefined) return output;
  return things.slice(from, from + PAGE_LENGTH);
}

/** How many there are in all, as far as it is known. */
export function totalOf({ entered, output }: Answer): number | undefined {
  const total = (output as { total_records?: unknown } | null)?.total_records;
  if (typeof total === "number") return total;
  if (hasField(entered.operation, "nextPageToken")) return undefined;
  return listedThings(findOperation(entered.operation), output)?.length;
}
