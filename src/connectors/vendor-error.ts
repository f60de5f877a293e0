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
