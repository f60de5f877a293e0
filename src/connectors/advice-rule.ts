import type { Operation } from "../catalogue/operation.ts";
import type { VendorErrorFacts } from "./vendor-error.ts";

/** What advice is chosen by: the facts so far, what the operation says of itself, and whose credentials were sent. */
export type Situation = Omit<VendorErrorFacts, "advice"> &
  Pick<Operation, "scopes" | "vendorPermission" | "errors"> & {
    /** How Cloudflare was asked; a token by default. */
    credentials?: "token" | "pair";
    /** Who else than the person the call names. */
    others?: readonly string[];
  };

/**
 * One row of the table of vendors' answers, for every failure that fits all that it names. The first that fits gives
 * the advice.
 */
export interface AdviceRule {
  /** The operation's name in the catalogue; any without it. */
  operation?: string;
  kind?: VendorErrorFacts["kind"];
  statuses?: readonly number[];
  /** The vendor's code, or one of those in its chain. */
  codes?: readonly (number | string)[];
  words?: RegExp;
  /** Of whom the answer speaks; of the person without it. */
  about?: VendorErrorFacts["about"];
  say: string | ((situation: Situation) => string);
  /** Where it is written that the vendor answers so: an address, or what was read. */
  source: string;
}

/** When to try again, where the vendor said so. */
export function when({ retryAt }: Situation, otherwise: string): string {
  return retryAt === undefined ? otherwise : `after ${retryAt.slice(0, 16).replace("T", " ")} UTC`;
}
