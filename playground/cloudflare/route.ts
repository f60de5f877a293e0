import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import type { CloudflareAccount } from "./state.ts";

/** All that an operation gets to work with; `parameters` are the decoded path parameters by name. */
export interface CloudflareContext {
  account: CloudflareAccount;
  request: VendorRequest;
  parameters: Record<string, string>;
}

/** One call that the pretend Cloudflare knows. */
export interface CloudflareRoute {
  method: string;
  /** Below `/client/v4`. */
  path: string;
  /** Any one of them is enough; none needed where there are none. */
  permissions: readonly string[];
  query: readonly string[];
  /** Those of `query` that may come more than once. */
  repeatable?: readonly string[];
  answer(context: CloudflareContext): VendorAnswer;
}

/** The path parameter of this name; every route that asks for one has it in its path. */
export function parameter({ parameters }: CloudflareContext, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new Error(`the path has no ${name}`);
  return value;
}
