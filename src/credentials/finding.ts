import { faultText, isNoAnswer, isVendorError, type VendorErrorFacts } from "../connectors/vendor-error.ts";

/** What one check of a credential found. */
export interface CredentialFinding {
  /** The settings that it is about, e.g. `ZOOM_CLIENT_SECRET`. */
  settings: readonly string[];
  /** `unanswered` where the vendor said nothing, so that nothing is known. */
  kind: "ok" | "at_fault" | "unanswered";
  /** One or two sentences that begin with the settings; never a secret. */
  sentence: string;
  /** What the vendor said, where it refused a check or did not answer. */
  facts?: VendorErrorFacts;
}

/** What is known once a check has been answered well. */
export function foundWell(settings: readonly string[], what: string): CredentialFinding {
  return { settings, kind: "ok", sentence: `${settings.join(", ")}: ${what}` };
}

/** What is wrong with settings, in words. */
export function foundFault(settings: readonly string[], what: string): CredentialFinding {
  return { settings, kind: "at_fault", sentence: `${settings.join(", ")}: ${what}` };
}

/**
 * What a failed check says of its settings: the vendor's answer, or that there was none.
 * @throws the error itself where it is not the vendor's
 */
export function foundByFailure(settings: readonly string[], error: unknown): CredentialFinding {
  if (!isVendorError(error)) throw error;
  const { facts } = error;
  if (!isNoAnswer(facts) && facts.kind !== "rate_limited")
    return { ...foundFault(settings, faultText(facts)), facts };
  const sentence = `${settings.join(", ")}: not checked. ${faultText(facts)}`;
  return { settings, kind: "unanswered", sentence, facts };
}
