import type { Fault } from "../../../playground/fault.ts";
import type { Simulator } from "../../../playground/simulator.ts";

/** A call that a vendor has not answered yet. */
export interface HeldCall {
  /** Resolves when it has arrived. */
  reached: Promise<void>;
  /** Has it answered as usual. */
  answer(): void;
}

/** Makes a vendor hold the next call like this one; all such calls with `times: undefined`. */
export function hold(
  vendor: Pick<Simulator, "addFault">,
  which: Pick<Fault, "method" | "path" | "times">,
): HeldCall {
  const arrival = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  const until = () => {
    arrival.resolve();
    return end.promise;
  };
  vendor.addFault({ times: 1, ...which, kind: "held", until });
  return { reached: arrival.promise, answer: () => end.resolve() };
}
