import type { OutcomeFacts } from "../../audit/event.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";

/** A vendor error's facts as far as people and the audit log need them. */
export function factsOf(error: Parameters<typeof isVendorError>[0]): OutcomeFacts {
  if (!isVendorError(error)) return {};
  const { status, code, chain, about, vendorMessage, attempts, advice } = error.facts;
  return { status, code, chain, about, vendorMessage, attempts, advice };
}
