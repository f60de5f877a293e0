import type { FaultKind } from "../simulator.ts";
import { failure, success } from "./envelope.ts";

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
