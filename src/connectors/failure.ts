import type { Operation } from "../catalogue/operation.ts";
import type { Vendor } from "../catalogue/vendor.ts";
import type { Situation } from "./advice-rule.ts";
import { adviceFor } from "./advice.ts";
import type { HttpResult } from "./http.ts";
import { VendorError, type VendorErrorFacts, type VendorErrorKind } from "./vendor-error.ts";
import { cleanVendorMessage } from "./vendor-message.ts";

/** The call that failed: an operation, or the request for a token. */
export type FailedCall = Pick<Operation, "name" | "risk" | "scopes" | "vendorPermission" | "errors"> & {
  vendor: Vendor;
};

/** What the advice needs to know of one call beside the operation. */
export type CallSituation = Pick<Situation, "credentials">;

/** How a vendor's answer reads in our terms. */
export interface Diagnosis {
  kind: VendorErrorKind;
  code?: number | string;
  /** Cloudflare's further codes. */
  chain?: number[];
  /** Of whom the vendor speaks, where it is not the person; and who that may be. */
  about?: VendorErrorFacts["about"];
  others?: readonly string[];
  message?: string;
  /** True when this answer leaves open whether a write took effect, beyond what its status says. */
  leavesOpen?: boolean;
}

/** Puts a failed call's facts together; `secrets` are masked in whatever the vendor said. */
export function toVendorError(
  call: FailedCall,
  result: HttpResult,
  diagnosis: Diagnosis,
  secrets: readonly string[],
  situation: CallSituation = {},
): VendorError {
  const vendorMessage = cleanVendorMessage(diagnosis.message ?? "", secrets);
  const facts = {
    vendor: call.vendor,
    operation: call.name,
    kind: diagnosis.kind,
    ...(result.kind === "answer" ? { status: result.status } : {}),
    code: diagnosis.code,
    ...(diagnosis.chain?.length ? { chain: diagnosis.chain } : {}),
    ...(diagnosis.about === undefined ? {} : { about: diagnosis.about }),
    vendorMessage,
    mayHaveHappened: result.unsettled || (call.risk !== "read" && diagnosis.leavesOpen === true),
    attempts: result.attempts,
    ...(result.retryAt === undefined ? {} : { retryAt: new Date(result.retryAt).toISOString() }),
  };
  const { scopes, vendorPermission, errors } = call;
  const { others } = diagnosis;
  const advice = adviceFor({ ...facts, ...situation, others, scopes, vendorPermission, errors });
  return new VendorError({ ...facts, advice });
}

/** What any vendor's failure reads as before its body is looked at, or undefined where the body decides. */
export function diagnoseTransport(result: HttpResult): Diagnosis | undefined {
  if (result.kind !== "answer") return { kind: result.kind, message: result.reason };
  if (result.status >= 300 && result.status < 400)
    return { kind: "unreadable", message: "The answer is a redirect." };
  return undefined;
}
