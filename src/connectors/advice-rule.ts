import type { Operation } from "../catalogue/operation.ts";
import type { VendorErrorFacts } from "./vendor-error.ts";

/** What advice is chosen by: the facts so far, and what the operation says of itself. */
export type Situation = Omit<VendorErrorFacts, "advice"> &
  Pick<Operation, "scopes" | "vendorPermission" | "errors">;

/** One piece of advice, for every failure that fits all that the rule names. The first that fits is given. */
export interface AdviceRule {
  operation?: string;
  kind?: VendorErrorFacts["kind"];
  codes?: readonly (number | string)[];
  message?: RegExp;
  say: string | ((situation: Situation) => string);
}

/** When to try again, where the vendor said so. */
export function when({ retryAt }: Situation, otherwise: string): string {
  return retryAt === undefined ? otherwise : `after ${retryAt.slice(0, 16).replace("T", " ")} UTC`;
}
