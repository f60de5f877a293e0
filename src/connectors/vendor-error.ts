import type { Vendor } from "../catalogue/vendor.ts";

/** What went wrong, by what can be done about it. */
export type VendorErrorKind =
  | "not_found"
  | "refused"
  | "rate_limited"
  | "unauthorized"
  | "missing_scope"
  | "server_error"
  | "timeout"
  | "connection"
  | "unreadable";

/** Everything known about a failed call; plain JSON, without secrets. */
export interface VendorErrorFacts {
  vendor: Vendor;
  /** The operation's name in the catalogue, or `zoom.oauth.token` where Zoom gave us no token to make it with. */
  operation: string;
  kind: VendorErrorKind;
  /** HTTP status. */
  status?: number;
  /** The vendor's own error code; Slack's are words. */
  code?: number | string;
  /** Cloudflare's further codes: of its other errors, and of the chain that names the cause of the first. */
  chain?: number[];
  /**
   * Of whom the vendor speaks, where it is not the person: of someone else whom the call names, or it does not say of
   * whom.
   */
  about?: "another" | "unclear";
  /** What the vendor, or the network, said: cleaned, masked and cut. */
  vendorMessage?: string;
  /** Whether a write may have taken effect all the same, because no answer settled it: then it is read back. */
  mayHaveHappened: boolean;
  attempts: number;
  /** ISO 8601, where the vendor named a time before which it answers nothing. */
  retryAt?: string;
  /** One sentence for the person who must act. */
  advice: string;
}

/** A vendor call that did not succeed. */
export class VendorError extends Error {
  // An own property, so that it survives the engine's serialisation.
  override readonly name = "VendorError";
  readonly facts: VendorErrorFacts;

  constructor(facts: VendorErrorFacts) {
    super(describe(facts));
    this.facts = facts;
  }
}

function describe({ operation, kind, status, code, vendorMessage, advice }: VendorErrorFacts): string {
  const answer = [status, code].filter((one) => one !== undefined).join("/");
  const said = vendorMessage === undefined ? "" : ` ${vendorMessage}`;
  return `${operation}: ${kind}${answer === "" ? "" : ` (${answer})`}.${said} ${advice}`;
}

type Answer = Pick<VendorErrorFacts, "status" | "code" | "vendorMessage">;

/** What the vendor answered, for people: `HTTP 400, code 300, “Validation Failed.”`; empty where there is nothing. */
export function answerText({ status, code, vendorMessage }: Answer): string {
  return [
    status === undefined ? [] : `HTTP ${status}`,
    code === undefined ? [] : `code ${code}`,
    vendorMessage === undefined ? [] : `“${vendorMessage}”`,
  ]
    .flat()
    .join(", ");
}

/** Whether nothing came from the vendor that could be read as an answer: a refusal is one. */
export function isNoAnswer({ kind }: Pick<VendorErrorFacts, "kind">): boolean {
  return kind === "timeout" || kind === "connection" || kind === "server_error";
}

/** A failure for a form or a list, where nothing else shows what the vendor said: what to do, and the answer. */
export function faultText(facts: Answer & Pick<VendorErrorFacts, "advice">): string {
  const isQuoted = facts.vendorMessage !== undefined && facts.advice.includes(facts.vendorMessage);
  const answer = answerText(isQuoted ? { ...facts, vendorMessage: undefined } : facts);
  return answer === "" ? facts.advice : `${facts.advice} (${answer})`;
}

/** Recognises a vendor error by name, also one that the durable engine stored and replays as a plain error. */
export function isVendorError(error: unknown): error is Error & { readonly facts: VendorErrorFacts } {
  return (
    error instanceof Error &&
    error.name === "VendorError" &&
    "facts" in error &&
    typeof error.facts === "object" &&
    error.facts !== null
  );
}
