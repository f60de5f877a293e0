import { failure } from "../../playground/cloudflare/envelope.ts";
import type { VendorAnswer } from "../../playground/vendor-http.ts";
import { ZoomRefusal } from "../../playground/zoom/refusal.ts";
import type { DocumentedError } from "../../src/catalogue/operation.ts";
import type { Vendor } from "../../src/catalogue/vendor.ts";

/** The code in Cloudflare's body where its documents name none: it writes one all the same. */
const UNDOCUMENTED_CODE = 12130;

/** A refusal as the vendor words it. */
export function answerOf(
  vendor: Vendor,
  { status, code }: DocumentedError,
  message = "Not like this.",
): VendorAnswer {
  if (vendor === "slack") return { status, body: { ok: false, error: code } };
  if (typeof code === "string") throw new TypeError(`${vendor} refuses by number, not with ${code}.`);
  return vendor === "zoom"
    ? new ZoomRefusal(status, code, message).answer
    : failure(status, code ?? UNDOCUMENTED_CODE, message);
}

/** How a refusal is named in the tests: `400/200`. */
export function nameOf({ status, code }: { status?: number; code?: number | string }): string {
  return code === undefined ? String(status) : `${status}/${code}`;
}
