import type { Fault, FaultKind } from "../fault.ts";
import type { VendorAnswer } from "../vendor-http.ts";
import { ZoomRefusal } from "./refusal.ts";

/** Ids that no vendor should answer with, and that a path built from them would turn into another call. */
export const MALFORMED_IDS = ["me", "..", "a/b", "", "x".repeat(5_000)] as const;

function withFields(answer: VendorAnswer, fields: Record<string, unknown>): VendorAnswer {
  if (answer.status !== 200) return answer;
  return { ...answer, body: { ...(answer.body as Record<string, unknown>), ...fields } };
}

/** A look-up by e-mail that finds someone answers this id, another person's or a malformed one. Reads by id are true. */
export function answerIdOnLookUp(id: string): Fault {
  return {
    kind: "changed",
    method: "GET",
    path: /^\/v2\/users\/[^/]*(?:@|%40)[^/]*$/,
    change: (answer) => withFields(answer, { id }),
  };
}

/** Every token that is granted arrives as this: no text, one with a line break, an empty one. */
export function answerToken(token: unknown): Fault {
  return {
    kind: "changed",
    path: /^\/oauth\/token$/,
    change: (answer) => withFields(answer, { access_token: token }),
  };
}

/** Every page after the first is refused, as when its token has expired; with `skip` only the later ones. */
export function answerExpiredPage(): Fault {
  return {
    kind: "answer",
    answer: new ZoomRefusal(400, 300, "The next page token is invalid or expired.").answer,
    when: ({ query }) => (query.get("next_page_token") ?? "") !== "",
  };
}

/** A refusal in Zoom's own form, for words and codes that no rule here says. */
export function answerRefusal(status: number, code: number, message: string): FaultKind {
  return { kind: "answer", answer: new ZoomRefusal(status, code, message).answer };
}
