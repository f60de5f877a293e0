import { randomBytes } from "node:crypto";
import type { VendorRequest } from "../vendor-http.ts";
import type { ZoomAccount } from "./state.ts";
import { readNumber } from "./parameters.ts";
import { ZoomRefusal } from "./refusal.ts";

const TOKEN_MILLISECONDS = 15 * 60 * 1000;

/** One page, with what an answer says of it. */
export interface Page<Item> {
  items: Item[];
  page_size: number;
  next_page_token: string;
  total_records: number;
}

/**
 * Cuts lists into pages whose tokens live for 15 minutes by the clock, each for the question it was given to.
 * The function throws 400/300 for a token that is none.
 */
export function createPager(): <Item>(
  account: ZoomAccount,
  request: VendorRequest,
  question: string,
  all: readonly Item[],
) => Page<Item> {
  const cursors = new Map<string, { question: string; position: number; expiresAt: number }>();

  return (account, request, question, all) => {
    const size = readNumber(request, "page_size", { minimum: 1, maximum: 300, fallback: 30 });
    const now = account.clock().getTime();
    const token = request.query.get("next_page_token") ?? "";
    let position = 0;
    if (token !== "") {
      const cursor = cursors.get(token);
      if (!cursor || cursor.expiresAt <= now || cursor.question !== question)
        throw new ZoomRefusal(400, 300, "The next page token is invalid or expired.");
      position = cursor.position;
    }
    const end = position + size;
    let nextToken = "";
    if (end < all.length) {
      nextToken = randomBytes(24).toString("base64url");
      cursors.set(nextToken, { question, position: end, expiresAt: now + TOKEN_MILLISECONDS });
    }
    return {
      items: all.slice(position, end),
      page_size: size,
      next_page_token: nextToken,
      total_records: all.length,
    };
  };
}
