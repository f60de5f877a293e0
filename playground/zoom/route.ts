import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import type { ZoomRateLabel } from "./rate-limits.ts";
import type { ZoomAccount, ZoomDirectory } from "./state.ts";

/** All that an operation gets to work with; `userId` is decoded, and empty where the path has none. */
export interface ZoomContext {
  account: ZoomAccount;
  directory: ZoomDirectory;
  request: VendorRequest;
  userId: string;
  /** Every part of the path that the route names, decoded, by its name. */
  segments: Readonly<Record<string, string>>;
}

/** One call that the pretend Zoom knows. */
export interface ZoomRoute {
  /** Zoom's own operation id. */
  operation: string;
  method: string;
  path: string;
  label: ZoomRateLabel;
  /** Any one of them is enough. Those without `:admin` reach the app owner's own account only. */
  scopes: readonly string[];
  /** The code of the refusal for want of a scope; 4711 by default. */
  missingScopeCode?: number;
  query: readonly string[];
  answer(context: ZoomContext): VendorAnswer | Promise<VendorAnswer>;
}
