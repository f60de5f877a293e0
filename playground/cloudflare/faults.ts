import type { Fault, FaultKind } from "../fault.ts";
import type { VendorAnswer } from "../vendor-http.ts";
import { failure, malformedHeader, success } from "./envelope.ts";

/** HTTP 200 that says `success: false`. Hand it to `addFault`, with a method, path or number of times. */
export function answerSuccessFalse(): FaultKind {
  return {
    kind: "answer",
    answer: failure(200, 12500, "access.api.error.internal_server_error"),
  };
}

/** HTTP 200 and `success: true` with a result of `false`, which the vendor's schema allows. */
export function answerResultFalse(): FaultKind {
  return { kind: "answer", answer: success(false) };
}

/** The HTML page of a proxy in front of the API. */
export function answerHtmlErrorPage(status = 502): FaultKind {
  return {
    kind: "answer",
    answer: {
      status,
      headers: { "content-type": "text/html; charset=UTF-8" },
      body: `<!DOCTYPE html><html><head><title>${status}: Bad gateway</title></head><body>cloudflare</body></html>`,
    },
  };
}

/** A redirect of the same method to another place: a caller must not follow it. */
export function answerRedirect(location: string): FaultKind {
  return { kind: "answer", answer: { status: 307, headers: { location }, body: "" } };
}

function refusal(...error: Parameters<typeof failure>): FaultKind {
  return { kind: "answer", answer: failure(...error) };
}

function isWrite({ method }: { method: string }): boolean {
  return method !== "GET";
}

/** 403/9109: the token may not be used from this address. */
export function answerRefusedLocation(address: string): FaultKind {
  return refusal(403, 9109, `Cannot use the access token from location: ${address}`);
}

/** 400/6003 with what is wrong in its `error_chain`: the text of a token or of a key is malformed. */
export function answerMalformedHeader(name: "Authorization" | "X-Auth-Key"): FaultKind {
  return { kind: "answer", answer: malformedHeader(name).answer };
}

/** 405/10000 on writes in one zone, while the token works everywhere else. */
export function answerZoneWithoutTokens(zoneId: string): Fault {
  return {
    ...refusal(405, 10000, "POST method with API Tokens is not supported by this API"),
    method: "POST",
    path: new RegExp(`/zones/${zoneId}/`),
  };
}

/** What writes are refused with while reads go on working: the ways in which Cloudflare says that a permission is missing. */
export const REFUSED_WRITES = {
  "403/10000": refusal(403, 10000, "Authentication error"),
  "400/10000": refusal(400, 10000, "POST method not allowed for the api_token authentication scheme"),
  "401/1001": refusal(401, 1001, "Not authorized"),
} as const;

/** Refuses every write and no read. */
export function answerWritesRefused(how: keyof typeof REFUSED_WRITES): Fault {
  return { ...REFUSED_WRITES[how], when: isWrite };
}

/** 429/971, which comes without the documented limit being used up and without `Retry-After`. */
export function answerThrottled(): FaultKind {
  return refusal(429, 971, "Please wait and consider throttling your request speed");
}

function changedList(
  change: (list: unknown[], info: Record<string, unknown>) => Record<string, unknown>,
): FaultKind {
  return {
    kind: "changed",
    change: (answer: VendorAnswer) => {
      const body = answer.body as Record<string, unknown>;
      const { result, result_info: info } = body;
      if (!Array.isArray(result)) return answer;
      return { ...answer, body: { ...body, ...change(result, (info ?? {}) as Record<string, unknown>) } };
    },
  };
}

/** Lists that say they have more entries in all than can be read. */
export function answerMoreThanIsRead(missing = 1): FaultKind {
  return changedList((_list, info) => ({
    result_info: { ...info, total_count: Number(info["total_count"] ?? 0) + missing },
  }));
}

/** Lists without any `result_info`. */
export function answerListWithoutInfo(): FaultKind {
  return changedList(() => ({ result_info: undefined }));
}

/** People are found, and with this id: another person's, or a malformed one. */
export function answerIdOnLookUp(id: string): Fault {
  return {
    ...changedList((list) => ({ result: list.map((user) => ({ ...(user as object), id })) })),
    method: "GET",
    path: /\/access\/users$/,
  };
}
