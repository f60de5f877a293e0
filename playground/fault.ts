import type { VendorAnswer, VendorRequest } from "./vendor-http.ts";

/**
 * A failure on demand. `before` faults never reach the vendor's state; `lostAnswer` lets the effect happen and
 * then drops the connection, which is the case a caller can only settle by reading back. `changed` lets the vendor
 * answer by its rules and sends something else.
 */
export type FaultKind =
  | { kind: "answer"; answer: VendorAnswer }
  | { kind: "reset" }
  | { kind: "hang" }
  | { kind: "slow"; milliseconds: number }
  /** Answered as usual, but not before what `until` answers has resolved; it is called when the request arrives. */
  | { kind: "held"; until: () => Promise<unknown> }
  | { kind: "lostAnswer" }
  | { kind: "truncated" }
  | { kind: "changed"; change: (answer: VendorAnswer, request: VendorRequest) => VendorAnswer };

export type Fault = FaultKind & {
  /** Only requests with this method; every method without it. */
  method?: string;
  /** Only paths that match; every path without it. */
  path?: RegExp;
  /** Only requests for which it is true; every request without it. */
  when?: (request: VendorRequest) => boolean;
  /** How many matching requests pass before it strikes; none without it. */
  skip?: number;
  /** How many requests it strikes; for ever without it. */
  times?: number;
};

function matches({ method, path, when }: Fault, request: VendorRequest): boolean {
  return (
    (method === undefined || method === request.method) &&
    (path === undefined || path.test(request.path)) &&
    (when === undefined || when(request))
  );
}

/** Counts a request that the fault lets through, if it lets any through. */
function passes(fault: Fault): boolean {
  if (fault.skip === undefined || fault.skip <= 0) return false;
  fault.skip -= 1;
  return true;
}

/** The fault that strikes a request, if any does; one that has struck as often as it may is taken out of the list. */
export function takeFault(faults: Fault[], request: VendorRequest): Fault | undefined {
  const index = faults.findIndex((fault) => matches(fault, request) && !passes(fault));
  const fault = faults[index];
  if (fault?.times !== undefined && --fault.times <= 0) faults.splice(index, 1);
  return fault;
}
